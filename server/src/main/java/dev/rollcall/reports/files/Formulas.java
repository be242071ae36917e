package dev.rollcall.reports.files;

/**
 * The texts that a spreadsheet would take for formulas.
 *
 * <p>Source: OWASP, "CSV Injection", with the full-width forms of the same signs and with invisible characters before them. Where the comma
 * is the decimal sign, spreadsheets divide the lines of CSV at semicolons: then a cell begins behind each semicolon of a text, also within
 * quotation marks.
 */
final class Formulas {

    private static final String SIGNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";
    private static final char SEPARATOR = ';';
    private static final int BYTE_ORDER_MARK = 0xfeff;

    private Formulas() {}

    /** The text, with an apostrophe before what a spreadsheet would take for a formula: the whole text, or what is behind a semicolon. */
    static String defused(String text) {
        StringBuilder defused = new StringBuilder(isOne(text, 0) ? "'" : "");
        for (int i = 0; i < text.length(); i++) {
            defused.append(text.charAt(i));
            if (text.charAt(i) == SEPARATOR && isOne(text, afterQuotes(text, i + 1))) {
                defused.append('\'');
            }
        }
        return defused.toString();
    }

    private static int afterQuotes(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) == '"') {
            end++;
        }
        return end;
    }

    /** Whether a text has the sign of a formula at a place, or after spaces and invisible characters from there on. */
    private static boolean isOne(String text, int start) {
        for (int i = start; i < text.length(); i++) {
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
