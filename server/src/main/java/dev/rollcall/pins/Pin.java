package dev.rollcall.pins;

import dev.rollcall.people.UserId;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A PIN.
 *
 * @param digits {@value #LEAST_DIGITS} to {@value #MOST_DIGITS}, in ASCII
 */
public record Pin(String digits) {

    public static final int LEAST_DIGITS = 4;
    public static final int MOST_DIGITS = 8;

    /** The form, as a regular expression. */
    public static final String FORM = "[0-9]{" + LEAST_DIGITS + "," + MOST_DIGITS + "}";

    /** Digits of a PIN that the service draws: a million of them. */
    static final int DRAWN_DIGITS = 6;

    private static final Pattern DIGITS = Pattern.compile(FORM);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Why a PIN is easily guessed. */
    public enum Weakness {
        /** Two digits alternate, or all are the same. */
        REPEATED,
        /** Each digit follows the one before: 2345, 9876, 8901. */
        IN_ORDER,
        /** It is part of the user id, or the digits of the user id are part of it. */
        IN_USER_ID
    }

    /** A PIN that somebody typed; empty if it has another form. */
    public static Optional<Pin> parse(String text) {
        return DIGITS.matcher(text).matches() ? Optional.of(new Pin(text)) : Optional.empty();
    }

    /** A random PIN without weakness. */
    static Pin random(UserId userId) {
        Pin pin;
        do {
            StringBuilder digits = new StringBuilder(DRAWN_DIGITS);
            for (int i = 0; i < DRAWN_DIGITS; i++) {
                digits.append((char) ('0' + RANDOM.nextInt(10)));
            }
            pin = new Pin(digits.toString());
        } while (pin.weakness(userId).isPresent());
        return pin;
    }

    /** Why somebody who knows the person's user id guesses it easily; empty if that is not so. */
    Optional<Weakness> weakness(UserId userId) {
        if (IntStream.range(2, digits.length()).allMatch(i -> digits.charAt(i) == digits.charAt(i - 2))) {
            return Optional.of(Weakness.REPEATED);
        }
        if (hasStep(1) || hasStep(9)) {
            return Optional.of(Weakness.IN_ORDER);
        }
        String known = userId.value().replaceAll("[^0-9]", "");
        boolean isKnown = known.contains(digits) || (known.length() >= LEAST_DIGITS && digits.contains(known));
        return isKnown ? Optional.of(Weakness.IN_USER_ID) : Optional.empty();
    }

    /** Whether each digit is the one before and the step, modulo 10: with 9 they go down. */
    private boolean hasStep(int step) {
        return IntStream.range(1, digits.length())
                .allMatch(i -> (digits.charAt(i) - digits.charAt(i - 1) + 10) % 10 == step);
    }

    /** Never the digits, since they are a secret. */
    @Override
    public String toString() {
        return "a PIN";
    }
}
