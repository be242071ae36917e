package dev.rollcall.store.function;

import dev.rollcall.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key under which templates are encrypted: 256 bits, and an id that doesn't reveal the key.
 *
 * @param id the first 16 hexadecimal digits of the SHA-256 of a label and the key
 */
public record TemplateKey(String id, SecretKey secret) {

    /** Length of a key in bytes. */
    public static final int BYTES = 32;

    private static final byte[] LABEL = "rollcall key id".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_DIGITS = 16;

    /** Reads a key in base64, as {@code openssl rand -base64 32} prints it; empty if it is none. */
    public static Optional<TemplateKey> parse(String base64) {
        try {
            byte[] key = Base64.getDecoder().decode(base64.strip());
            return key.length == BYTES ? Optional.of(of(key)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static TemplateKey of(byte[] key) {
        return new TemplateKey(Sha256.hex(LABEL, key).substring(0, ID_DIGITS), new SecretKeySpec(key, "AES"));
    }

    @Override
    public String toString() {
        return "TemplateKey[" + id + "]";
    }
}
