package dev.rollcall.attendance;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.outcome.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The order of a list of marks. */
public enum MarkOrder {
    /** In the order of writing, so that a mark that is written later never comes before one that was listed. */
    WRITTEN,
    /** By time, the oldest first; marks of the same time in the order of writing. */
    OLDEST,
    /** The opposite of {@link #OLDEST}. */
    NEWEST;

    private static final String SEPARATOR = " ";
    private static final int PARTS = 3;

    /** Instants that every database accepts. */
    private static final Pattern INSTANT = Pattern.compile("[12]\\d{3}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:[0-9.]{2,9})?Z");

    /**
     * A place in a list of marks.
     *
     * @param markedAt null in the order of writing
     */
    public record Position(@Nullable Instant markedAt, long id) {}

    /** Parses the name in lower case; empty if it is none. */
    public static Optional<MarkOrder> parse(String text) {
        for (MarkOrder order : values()) {
            if (order.text().equals(text)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    /** The text that {@link #parse} reads. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The key of the cursor after a mark: its id, and before it, in the orders by time, the order and the time. */
    String key(MarkOfPerson last) {
        Mark mark = last.mark();
        String id = Long.toString(mark.id());
        return this == WRITTEN
                ? id
                : String.join(SEPARATOR, text(), mark.markedAt().toString(), id);
    }

    /** The position that a cursor of this order means; empty if it is one of another order, or none at all. */
    public Optional<Position> position(Cursor cursor) {
        if (this == WRITTEN) {
            return cursor.number().map(id -> new Position(null, id));
        }
        String[] parts = cursor.key().split(SEPARATOR, -1);
        if (parts.length != PARTS
                || !parts[0].equals(text())
                || !INSTANT.matcher(parts[1]).matches()) {
            return Optional.empty();
        }
        try {
            Instant markedAt = Instant.parse(parts[1]);
            return new Cursor(parts[2]).number().map(id -> new Position(markedAt, id));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
