package dev.rollcall.config.settings;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parser of {@code .env} files, with the syntax of Docker Compose and dotenv, except that {@code $} has no meaning:
 *
 * <ul>
 *   <li>{@code NAME=value} or {@code NAME: value}, also after {@code export}; of several with one name the last one is used
 *   <li>a value without quotes goes to the line's end, or to a {@code #} after white space
 *   <li>a value in single quotes is taken as it stands, but {@code \'} is a quote
 *   <li>in double quotes, {@code \n \r \t \" \\ \$} are a line feed, a carriage return, a tab and the characters themselves
 *   <li>a value in quotes may have several lines
 *   <li>empty lines and lines that begin with {@code #} are skipped; so is a name alone
 * </ul>
 *
 * Source: the Docker documentation, "Set, use, and manage variables in a Compose file with interpolation", section
 * "Env-file syntax".
 */
final class EnvFileParser {

    private static final Pattern NAME =
            Pattern.compile("(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*(?:(=)|(:)(?=[ \\t])|(?=[\\n#]|$))");
    private static final Pattern COMMENT = Pattern.compile("(?<=\\s)#");
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final String text;
    private int at;

    EnvFileParser(String text) {
        String withoutMark = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        this.text = withoutMark.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** A syntax error; the message says what is wrong without repeating the line. */
    static final class WrongLineException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        private WrongLineException(int line, String message) {
            super(message, null, false, false);
            this.line = line;
        }

        /** Counted from 1. */
        int line() {
            return line;
        }
    }

    /** Adds all entries up to the first syntax error to a map. */
    void readInto(Map<String, String> entries) throws WrongLineException {
        while (skipToEntry()) {
            Matcher name = NAME.matcher(text).region(at, text.length());
            name.useTransparentBounds(true);
            if (!name.lookingAt()) {
                throw wrong(at, "must have the form NAME=value");
            }
            at = name.end();
            if (name.group(2) != null || name.group(3) != null) {
                entries.put(name.group(1), value());
            } else {
                at = lineEnd();
            }
        }
    }

    /** Skips white space, empty lines and comments; false at the end of the text. */
    private boolean skipToEntry() {
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '#') {
                at = lineEnd();
            } else if (Character.isWhitespace(next)) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private String value() throws WrongLineException {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        char first = at < text.length() ? text.charAt(at) : '\n';
        return first == '"' || first == '\'' ? quoted(first) : unquoted();
    }

    private String unquoted() {
        int end = lineEnd();
        Matcher comment = COMMENT.matcher(text).region(at, end);
        comment.useTransparentBounds(true);
        String value = text.substring(at, comment.find() ? comment.start() : end);
        at = end;
        return value.strip();
    }

    private String quoted(char quote) throws WrongLineException {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            String escaped = text.charAt(at) == '\\' ? escape(quote) : null;
            value.append(escaped == null ? text.substring(at, at + 1) : escaped);
            at += escaped == null ? 1 : 2;
        }
        if (at == text.length()) {
            throw wrong(start, "a value begins with a quote and doesn't end with one");
        }
        at++;
        String rest = text.substring(at, lineEnd());
        if (!rest.isBlank() && !rest.matches("\\s+#.*")) {
            throw wrong(at, "something follows the closing quote");
        }
        at = lineEnd();
        return value.toString();
    }

    /** The value of the escape sequence at the position, or null if there is none. */
    private @Nullable String escape(char quote) {
        char escaped = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (quote == '\'') {
            return escaped == '\'' ? "'" : null;
        }
        return switch (escaped) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '"', '\\', '$' -> String.valueOf(escaped);
            default -> null;
        };
    }

    private int lineEnd() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private WrongLineException wrong(int position, String message) {
        int line = 1
                + (int) text.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new WrongLineException(line, message);
    }
}
