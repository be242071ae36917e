package dev.rollcall.http.wire;

import dev.rollcall.digest.Sha256;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header {@code Idempotency-Key}: a request under one key of one caller is carried out once. */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    /** Most characters of a key. */
    public static final int MAX_LENGTH = 255;

    /** A regular expression of one character: printable ASCII but the space. */
    public static final String CHARACTER = "[!-~]";

    private static final Pattern FORM = Pattern.compile(CHARACTER + "{1," + MAX_LENGTH + "}");

    private IdempotencyKey() {}

    /**
     * The idempotent attempt of a marking request, or empty without the header. Keys of different callers are independent.
     * Requests with the same content are equal, whatever their encoding: a retry as a form with another boundary is the same
     * request.
     *
     * @param caller identifies the caller
     * @param asked the call and its fields without the pictures; none contains a line break
     */
    public static Optional<Attempt> attempt(
            HttpHeaders headers, String caller, List<String> asked, List<byte[]> pictures) {
        String key = headers.getHeaderString(HEADER);
        if (key == null) {
            return Optional.empty();
        }
        if (!FORM.matcher(key).matches()) {
            throw RefusedException.invalid(
                    HEADER, HEADER + " must be 1 to " + MAX_LENGTH + " printable ASCII characters without spaces");
        }
        return Optional.of(new Attempt(
                Sha256.hex((caller + "\n").getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.US_ASCII)),
                fingerprint(asked, pictures)));
    }

    private static String fingerprint(List<String> asked, List<byte[]> pictures) {
        StringBuilder content = new StringBuilder(String.join("\n", asked));
        pictures.forEach(picture -> content.append('\n').append(Sha256.hex(picture)));
        return Sha256.hex(content.toString().getBytes(StandardCharsets.UTF_8));
    }
}
