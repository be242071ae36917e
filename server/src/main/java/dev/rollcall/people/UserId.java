package dev.rollcall.people;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The caller's identifier of a person: 1 to 64 letters, digits and {@code . _ - @ :}. {@code .} and {@code ..} are refused
 * for new people: clients and proxies remove such segments from a path (RFC 3986, 5.2.4), so no request could address the
 * person.
 *
 * @param value the text as given
 */
public record UserId(String value) {

    /** Most characters. */
    public static final int MAX_LENGTH = 64;

    /** A regular expression of one character. */
    public static final String CHARACTER = "[A-Za-z0-9._@:-]";

    /** The form in words, for messages and descriptions. */
    public static final String RULE = "1 to " + MAX_LENGTH + " letters, digits and . _ - @ :";

    private static final Pattern FORM = Pattern.compile(CHARACTER + "{1," + MAX_LENGTH + "}");

    /**
     * Creates an id, also {@code .} and {@code ..}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public UserId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a user_id");
        }
    }

    /** Parses the id of a new person; empty when it is invalid. */
    public static Optional<UserId> parse(String text) {
        return stored(text).filter(id -> !id.isDotSegment());
    }

    /** Parses an id that may exist, also {@code .} and {@code ..}; empty when it is invalid. */
    public static Optional<UserId> stored(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new UserId(text)) : Optional.empty();
    }

    /** Whether it is {@code .} or {@code ..}, which are refused for new people. */
    public boolean isDotSegment() {
        return value.equals(".") || value.equals("..");
    }

    @Override
    public String toString() {
        return value;
    }
}
