package dev.rollcall.webhooks;

import dev.rollcall.webhooks.Delivery.DeliveryProblem;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reader of the head of an HTTP/1.1 answer; the body is never read. */
final class AnswerHead {

    /** Most bytes of all heads together: an answer may have interim ones before it. */
    private static final int MAX_BYTES = 16_384;

    private static final int FIRST_FINAL = 200;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final String RETRY_AFTER = "retry-after:";

    private final InputStream in;
    private int left = MAX_BYTES;

    private AnswerHead(InputStream in) {
        this.in = in;
    }

    /**
     * Reads the status.
     *
     * @throws EOFException if the connection ends before the head does
     */
    static Answer read(InputStream in) throws IOException {
        return new AnswerHead(in).read();
    }

    private Answer read() throws IOException {
        while (true) {
            String line = line();
            Matcher status = line == null ? null : STATUS.matcher(line);
            if (status == null || !status.matches()) {
                return new Answer.Failed(DeliveryProblem.BAD_ANSWER);
            }
            int code = Integer.parseInt(status.group(1));
            Optional<Duration> retryAfter = Optional.empty();
            for (line = line(); line != null && !line.isEmpty(); line = line()) {
                String field = line.toLowerCase(Locale.ROOT);
                if (field.startsWith(RETRY_AFTER)) {
                    retryAfter = seconds(field.substring(RETRY_AFTER.length()).strip());
                }
            }
            if (line == null) {
                return new Answer.Failed(DeliveryProblem.BAD_ANSWER);
            }
            if (code >= FIRST_FINAL) {
                return new Answer.Status(code, retryAfter);
            }
        }
    }

    private static Optional<Duration> seconds(String text) {
        return SECONDS.matcher(text).matches()
                ? Optional.of(Duration.ofSeconds(Integer.parseInt(text)))
                : Optional.empty();
    }

    /** A line without its end; null if the head is too long. */
    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (left > 0) {
            int next = in.read();
            left--;
            if (next < 0) {
                throw new EOFException("the connection ended within the head of an answer");
            }
            if (next == '\n') {
                int length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
            }
            line.append((char) next);
        }
        return null;
    }
}
