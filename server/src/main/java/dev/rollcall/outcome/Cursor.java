package dev.rollcall.outcome;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where the next page of a list begins: behind an entry, named by its key.
 *
 * @param key the key of the last entry of the page before, as the list defines it
 */
public record Cursor(String key) {

    /** The cursor that a text is, or empty when no list gave such a text. */
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

    /** The key as a number, or empty when it is none or negative. */
    public Optional<Long> number() {
        try {
            return Optional.of(Long.parseLong(key)).filter(number -> number >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
