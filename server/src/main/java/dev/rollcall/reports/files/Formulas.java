package dev.rollcall.reports.files;

/**
 * The texts that a spreadsheet would take for formulas.
 *
 * <p>Source: OWASP, "CSV Injection", with the full-width forms of the same signs and with invisible characters before them.
 */
final class Formulas {

    private static final String SIGNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";
    private static final int BYTE_ORDER_MARK = 0xfeff;

    private Formulas() {}

    /** The text, after an apostrophe if a spreadsheet would take it for a formula. */
    static String defused(String text) {
        return isOne(text) ? "'" + text : text;
    }

    /** Whether a text begins with the sign of a formula, or has one after spaces and invisible characters. */
    static boolean isOne(String text) {
        for (int i = 0; i < text.length(); i++) {
            char first = text.charAt(i);
            if (SIGNS.indexOf(first) >= 0) {
                return true;
            }
            if (!isSkipped(first)) {
                return false;
            }
        }
        return false;
    }

    private static boolean isSkipped(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT
                || character == BYTE_ORDER_MARK;
    }
}
