package dev.rollcall.people;

import dev.rollcall.outcome.Cursor;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The order of a list of people. People who are equal in the field are in the order of their user ids, in the same direction.
 *
 * @param descending whether the greatest come first
 */
public record PeopleOrder(Field field, boolean descending) {

    /** By user id, the smallest first. */
    public static final PeopleOrder BY_USER_ID = new PeopleOrder(Field.USER_ID, false);

    private static final String DESCENDING = "-";
    private static final String SEPARATOR = "\n";
    private static final int PARTS = 3;

    /** Text that every database accepts; names are shorter. */
    private static final Pattern NAME = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,400}");

    /** Instants that every database accepts. */
    private static final Pattern INSTANT =
            Pattern.compile("(?!0000)\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:[0-9.]{2,12})?Z");

    /** What people are sorted by. */
    public enum Field {
        USER_ID,
        NAME,
        CREATED_AT,
        UPDATED_AT
    }

    /** Parses the name of a field in lower case, with a minus before it for the descending order; empty if it is none. */
    public static Optional<PeopleOrder> parse(String text) {
        for (Field field : Field.values()) {
            PeopleOrder ascending = new PeopleOrder(field, false);
            if (text.equals(ascending.text())) {
                return Optional.of(ascending);
            }
            PeopleOrder descending = new PeopleOrder(field, true);
            if (text.equals(descending.text())) {
                return Optional.of(descending);
            }
        }
        return Optional.empty();
    }

    /** The text that {@link #parse} reads. */
    public String text() {
        return (descending ? DESCENDING : "") + field.name().toLowerCase(Locale.ROOT);
    }

    /** The key of the cursor after a person: the user id, and before it, in any other order than the default, that order. */
    String key(EnrolledPerson last) {
        String userId = last.userId().value();
        return equals(BY_USER_ID) ? userId : String.join(SEPARATOR, text(), userId, value(last));
    }

    private String value(EnrolledPerson person) {
        return switch (field) {
            case USER_ID -> "";
            case NAME -> person.profile().name();
            case CREATED_AT -> person.createdAt().toString();
            case UPDATED_AT -> person.updatedAt().toString();
        };
    }

    /** The position that a cursor of this order means; empty if it is one of another order, or none at all. */
    public Optional<PeoplePosition> position(Cursor cursor) {
        if (equals(BY_USER_ID)) {
            return UserId.stored(cursor.key()).map(userId -> new PeoplePosition(userId, ""));
        }
        String[] parts = cursor.key().split(SEPARATOR, -1);
        return parts.length == PARTS && parts[0].equals(text()) && isValue(parts[2])
                ? UserId.stored(parts[1]).map(userId -> new PeoplePosition(userId, parts[2]))
                : Optional.empty();
    }

    private boolean isValue(String value) {
        return switch (field) {
            case USER_ID -> value.isEmpty();
            case NAME -> NAME.matcher(value).matches();
            case CREATED_AT, UPDATED_AT -> isInstant(value);
        };
    }

    private static boolean isInstant(String value) {
        try {
            return INSTANT.matcher(value).matches() && !Instant.parse(value).equals(Instant.MAX);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
