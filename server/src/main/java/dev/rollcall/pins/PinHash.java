package dev.rollcall.pins;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is stored of a PIN: PBKDF2 (RFC 8018) with HMAC-SHA-256 and a salt of its own.
 *
 * <p>{@value #ITERATIONS} iterations take 304 to 385 ms in the service, whose JVM compiles with C1 alone, and 34 to 86 ms in another JVM on
 * the same machine. Who has the database can try a thousand PINs a minute: all of four digits in ten minutes, all of six in 15 hours. No number of iterations that a
 * small server can bear would protect so few digits; what protects them are the limits of attempts, and that a PIN is good for nothing but
 * a mark at a kiosk.
 *
 * <p>Any other number of iterations is refused, also in an archive: a check takes the same time for everybody, so it doesn't tell who has
 * a PIN.
 *
 * @param salt 32 hexadecimal digits
 * @param result 64 hexadecimal digits
 */
record PinHash(String salt, String result) {

    /** As in {@link PinStore#HASH_FORM}. */
    static final int ITERATIONS = 150_000;

    private static final Pattern PARTS = Pattern.compile(PinStore.HASH_FORM);
    private static final int SALT_BYTES = 16;
    private static final int RESULT_BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Takes the time of a check, for people without a PIN; no PIN has it. */
    static final PinHash OF_NO_PIN = new PinHash("00".repeat(SALT_BYTES), "00".repeat(RESULT_BITS / 8));

    /** The hash of a PIN with a new salt. */
    static PinHash of(Pin pin) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        String text = HexFormat.of().formatHex(salt);
        return new PinHash(text, result(pin, text));
    }

    /** A stored hash; empty if the text has another form. */
    static Optional<PinHash> parse(String text) {
        Matcher parts = PARTS.matcher(text);
        return parts.matches() ? Optional.of(new PinHash(parts.group(1), parts.group(2))) : Optional.empty();
    }

    /** The form in which it is stored. */
    String text() {
        return "pbkdf2-sha256:" + ITERATIONS + ":" + salt + ":" + result;
    }

    boolean isOf(Pin pin) {
        return MessageDigest.isEqual(
                HexFormat.of().parseHex(result(pin, salt)), HexFormat.of().parseHex(result));
    }

    private static String result(Pin pin, String salt) {
        PBEKeySpec key =
                new PBEKeySpec(pin.digits().toCharArray(), HexFormat.of().parseHex(salt), ITERATIONS, RESULT_BITS);
        try {
            return HexFormat.of()
                    .formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(key)
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2 with HMAC-SHA-256", e);
        } finally {
            key.clearPassword();
        }
    }

    /** Not the hash, from which a PIN can be found out. */
    @Override
    public String toString() {
        return "the hash of a PIN";
    }
}
