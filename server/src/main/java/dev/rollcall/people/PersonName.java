package dev.rollcall.people;

import java.text.Normalizer;
import java.util.Optional;
import java.util.Set;

/**
 * A name on one line, of a person or of an item of a list: 1 to 200 characters in Unicode's
 * normalization form C, at least one of them visible, without control characters, line breaks, unpaired surrogates or
 * invisible characters, without white space at its ends.
 *
 * <p>Of the invisible characters (general category Cf) those that scripts need are allowed: zero width joiner and
 * non-joiner, and directional marks. Directional embeddings, overrides and isolates are not: they change the order in
 * which the rest of a line is shown.
 *
 * @param value the normalized text
 */
public record PersonName(String value) {

    /** Longest name in characters, which are code points. */
    public static final int MAX_LENGTH = 200;

    /** ZWNJ, ZWJ, left-to-right, right-to-left and Arabic letter mark. */
    private static final Set<Integer> FORMATS_OF_SCRIPTS = Set.of(0x200c, 0x200d, 0x200e, 0x200f, 0x061c);

    /** Letters and signs without a shape: Hangul and Khmer fillers, empty Braille pattern. */
    private static final Set<Integer> BLANKS = Set.of(0x115f, 0x1160, 0x3164, 0xffa0, 0x17b4, 0x17b5, 0x2800);

    private static final int BYTE_ORDER_MARK = 0xfeff;
    private static final int LAST_TWO_OF_PLANE = 0xfffe;

    public PersonName {
        if (!fits(value)) {
            throw new IllegalArgumentException("not a name");
        }
    }

    /** The name in a text, normalized and without white space at its ends, or empty when it is invalid. */
    public static Optional<PersonName> parse(String text) {
        String normalized = Normalizer.normalize(stripped(text), Normalizer.Form.NFC);
        return fits(normalized) ? Optional.of(new PersonName(normalized)) : Optional.empty();
    }

    /** The name in a text of another system: without the characters that names don't have, and cut; empty if nothing visible is left. */
    public static Optional<PersonName> cleaned(String text) {
        String allowed = Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .filter(PersonName::isAllowed)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String name = stripped(allowed);
        return name.codePointCount(0, name.length()) <= MAX_LENGTH
                ? parse(name)
                : parse(name.substring(0, name.offsetByCodePoints(0, MAX_LENGTH)));
    }

    private static String stripped(String text) {
        int[] points = text.codePoints().toArray();
        int start = 0;
        int end = points.length;
        while (start < end && isSpace(points[start])) {
            start++;
        }
        while (end > start && isSpace(points[end - 1])) {
            end--;
        }
        return new String(points, start, end - start);
    }

    /**
     * A text on one line with the same characters as a name, normalized and without white space at its ends; empty if it has fewer
     * characters than the least or more than the most, or none that is visible.
     */
    public static Optional<String> line(String text, int least, int most) {
        String normalized = Normalizer.normalize(stripped(text), Normalizer.Form.NFC);
        return isLine(normalized, least, most) ? Optional.of(normalized) : Optional.empty();
    }

    private static boolean isLine(String text, int least, int most) {
        int length = text.codePointCount(0, text.length());
        return length >= least
                && length <= most
                && text.codePoints().allMatch(PersonName::isAllowed)
                && text.codePoints().anyMatch(PersonName::isVisible);
    }

    private static boolean fits(String text) {
        return isLine(text, 1, MAX_LENGTH)
                && text.equals(stripped(text))
                && Normalizer.isNormalized(text, Normalizer.Form.NFC);
    }

    /** Whether a code point is white space, a no-break space or the byte order mark. */
    private static boolean isSpace(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point) || point == BYTE_ORDER_MARK;
    }

    private static boolean isAllowed(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT -> FORMATS_OF_SCRIPTS.contains(point);
            default -> !BLANKS.contains(point) && !isNoncharacter(point);
        };
    }

    /** Unicode's noncharacters. */
    private static boolean isNoncharacter(int point) {
        return (point & LAST_TWO_OF_PLANE) == LAST_TWO_OF_PLANE || (point >= 0xfdd0 && point <= 0xfdef);
    }

    /** Whether a character is visible by itself; a name needs one. */
    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> false;
            default -> !isSpace(point);
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
