package dev.rollcall.people;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The caller's own name for a person: 1 to 64 letters, digits and {@code . _ - @ :}.
 *
 * @param value the text as given
 */
public record UserId(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._@:-]{1,64}");

    public UserId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a user_id");
        }
    }

    /** The user id that a text is, or empty when its form is wrong. */
    public static Optional<UserId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new UserId(text)) : Optional.empty();
    }

    /**
     * Parses an id that exists already, also {@code .} and {@code ..}, which are refused for new people; empty when its form
     * is wrong.
     */
    public static Optional<UserId> stored(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new UserId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
