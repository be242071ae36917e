package dev.rollcall.keys;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The code that a person reads on one screen and types into a device: six of 31 letters and digits, without those that look like
 * others (0, O, 1, I, L).
 *
 * <p>There are only 31^6 = 887,503,681 codes. What protects one from being guessed is the limit of attempts
 * ({@link PairingLimits}), which the database counts for all instances together, and that it is valid for minutes and once.
 * Somebody who reads the database could try all codes on a computer of their own, so it has no code, but for each the result of PBKDF2
 * (RFC 8018) with HMAC-SHA-512, a salt of its own and {@value #ITERATIONS} iterations: some 20 ms for each try on one core,
 * 200 days for all of them, while a code lives for ten minutes. Many fast processors can do it all the same; they would get a key that marks, which
 * is listed among the devices.
 *
 * @param value in capital letters
 */
record PairingCode(String value) {

    static final int LENGTH = 6;
    static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private static final int ITERATIONS = 20_000;
    private static final int HASH_BITS = 256;
    private static final int SALT_BYTES = 16;
    private static final int LONGEST_TYPED = 32;
    private static final Pattern FORM = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s-]+");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A random code. */
    static PairingCode random() {
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new PairingCode(code.toString());
    }

    /** The code that somebody typed, also in small letters, with spaces or hyphens; empty if it can't be one. */
    static Optional<PairingCode> parse(String typed) {
        if (typed.length() > LONGEST_TYPED) {
            return Optional.empty();
        }
        String code = SEPARATORS.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
        return FORM.matcher(code).matches() ? Optional.of(new PairingCode(code)) : Optional.empty();
    }

    /** A random salt, in hexadecimal. */
    static String newSalt() {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    /**
     * What is stored of this code.
     *
     * @param salt in hexadecimal
     * @return 64 lower-case hexadecimal digits
     */
    String hash(String salt) {
        PBEKeySpec key = new PBEKeySpec(value.toCharArray(), HexFormat.of().parseHex(salt), ITERATIONS, HASH_BITS);
        try {
            return HexFormat.of()
                    .formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                            .generateSecret(key)
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2 with HMAC-SHA-512", e);
        } finally {
            key.clearPassword();
        }
    }

    /** Whether a stored hash is of this code. */
    boolean isOf(PairingStore.OpenCode open) {
        return MessageDigest.isEqual(
                HexFormat.of().parseHex(hash(open.salt())), HexFormat.of().parseHex(open.hash()));
    }

    /** Never the code, since it is a secret. */
    @Override
    public String toString() {
        return "a pairing code";
    }
}
