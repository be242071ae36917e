package dev.rollcall.people;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The caller's own name for a person: 1 to 64 letters, digits and {@code . _ - @ :}. New people get neither {@code .}
 * nor {@code ..}: as the segment of an address these are taken away on the way (RFC 3986, 5.2.4), and nobody could ask
 * for such a person.
 *
 * @param value the text as given
 */
public record UserId(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._@:-]{1,64}");

    /**
     * Holds a text of the form, also {@code .} and {@code ..}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public UserId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a user_id");
        }
    }

    /** The user id that a text is for a new person, or empty when its form is wrong. */
    public static Optional<UserId> parse(String text) {
        return stored(text).filter(id -> !id.isDotSegment());
    }

    /** Parses an id that exists already, also {@code .} and {@code ..}, which are refused for new people. */
    public static Optional<UserId> stored(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new UserId(text)) : Optional.empty();
    }

    /** Whether it is {@code .} or {@code ..}, which new people don't get. */
    public boolean isDotSegment() {
        return value.equals(".") || value.equals("..");
    }

    @Override
    public String toString() {
        return value;
    }
}
