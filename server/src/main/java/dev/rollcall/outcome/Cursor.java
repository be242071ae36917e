package dev.rollcall.outcome;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The position of the next page of a list: after an entry, given by its key.
 *
 * @param key the key of the last entry of the previous page, as the list defines it
 */
public record Cursor(String key) {

    /** Parses a cursor's text; empty when it is invalid. */
    public static Optional<Cursor> parse(String text) {
        try {
            return Optional.of(new Cursor(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The opaque text that clients send back. */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** The key as a number, or empty when it is not a number of at least 0. */
    public Optional<Long> number() {
        try {
            return Optional.of(Long.parseLong(key)).filter(number -> number >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
