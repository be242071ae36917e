package dev.rollcall.attendance;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a mark is corrected.
 *
 * @param text 3 to 500 characters on one line, in normalization form C, without white space at its ends
 */
public record Reason(String text) {

    public static final int MIN_LENGTH = 3;
    public static final int MAX_LENGTH = 500;

    /** What a text must be, to follow the name of its field. */
    public static final String RULE = "must be " + MIN_LENGTH + " to " + MAX_LENGTH + " characters on one line";

    private static final Pattern FORM =
            Pattern.compile("[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{" + MIN_LENGTH + "," + MAX_LENGTH + "}");

    /** Parses a reason; empty if it is too short or too long, or has more than one line. */
    public static Optional<Reason> parse(String text) {
        String stripped = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
        return FORM.matcher(stripped).matches() ? Optional.of(new Reason(stripped)) : Optional.empty();
    }
}
