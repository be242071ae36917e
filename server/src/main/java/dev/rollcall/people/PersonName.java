package dev.rollcall.people;

import java.util.Optional;

/**
 * A person's name: 1 to 200 characters without control characters, without space at its ends.
 *
 * @param value the trimmed text
 */
public record PersonName(String value) {

    /** Longest name in characters. */
    public static final int MAX_LENGTH = 200;

    public PersonName {
        if (!fits(value)) {
            throw new IllegalArgumentException("not a name");
        }
    }

    /** The name that a text is once trimmed, or empty when it is none. */
    public static Optional<PersonName> parse(String text) {
        String trimmed = text.strip();
        return fits(trimmed) ? Optional.of(new PersonName(trimmed)) : Optional.empty();
    }

    private static boolean fits(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.equals(text.strip())
                && text.codePoints().noneMatch(Character::isISOControl)
                && text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    @Override
    public String toString() {
        return value;
    }
}
