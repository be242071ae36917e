package dev.rollcall.outcome;

import io.quarkus.logging.LoggingFilter;
import java.util.Arrays;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * The log filter against log injection: control characters of a message, and of the messages of an exception and its
 * causes, are written as escapes.
 */
@LoggingFilter(name = "one-line")
public final class OneLine implements Filter {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]");
    private static final int MAX_CAUSES = 20;

    @Override
    public boolean isLoggable(LogRecord record) {
        String message = record.getMessage();
        if (message != null && CONTROL.matcher(message).find()) {
            setMessage(record, escaped(message));
        }
        Object[] parameters = record.getParameters();
        if (parameters != null) {
            record.setParameters(Arrays.stream(parameters).map(OneLine::escaped).toArray());
        }
        record.setThrown(escaped(record.getThrown(), MAX_CAUSES));
        return true;
    }

    private static void setMessage(LogRecord record, String message) {
        if (record instanceof ExtLogRecord formatted) {
            formatted.setMessage(message, formatted.getFormatStyle());
        } else {
            record.setMessage(message);
        }
    }

    private static @Nullable Throwable escaped(@Nullable Throwable thrown, int depth) {
        return thrown == null || depth == 0
                ? null
                : new EscapedException(thrown, escaped(thrown.getCause(), depth - 1));
    }

    /** Parameters without control characters keep their type, which the message's format may need. */
    private static @Nullable Object escaped(@Nullable Object parameter) {
        String text = String.valueOf(parameter);
        return CONTROL.matcher(text).find() ? escaped(text) : parameter;
    }

    private static String escaped(String text) {
        return CONTROL.matcher(text)
                .replaceAll(character -> Matcher.quoteReplacement(
                        "\\u%04x".formatted((int) character.group().charAt(0))));
    }

    /** A copy of an exception with its message on one line, and its stack trace. */
    private static final class EscapedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String text;

        EscapedException(Throwable thrown, @Nullable Throwable cause) {
            super(null, cause, false, true);
            text = escaped(thrown.toString());
            setStackTrace(thrown.getStackTrace());
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // its name is to be the one of what was thrown
        public String toString() {
            return text;
        }
    }
}
