package dev.rollcall.keys;

import dev.rollcall.outcome.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** A position in a list of keys: after a key, which need no longer be there. */
public record KeyPosition(Instant createdAt, String id) {

    private static final String SEPARATOR = " ";

    /** An instant that every database accepts, and the id of a key. */
    private static final Pattern KEY =
            Pattern.compile("[12]\\d{3}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z [0-9a-f]{12}");

    /** The key of the cursor after an API key. */
    static String key(ApiKey last) {
        return last.createdAt() + SEPARATOR + last.id();
    }

    /** The position that a cursor means; empty if it is none of this list. */
    public static Optional<KeyPosition> parse(Cursor cursor) {
        if (!KEY.matcher(cursor.key()).matches()) {
            return Optional.empty();
        }
        String[] parts = cursor.key().split(SEPARATOR, -1);
        try {
            return Optional.of(new KeyPosition(Instant.parse(parts[0]), parts[1]));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
