package dev.rollcall.badges;

import dev.rollcall.people.UserId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The text of a badge: {@code RC1.<user_id>.<issue>.<signature>}.
 *
 * <p>The signature is HMAC-SHA-256 (RFC 2104) of everything before its dot, under the key of a site, cut to its first
 * {@value #SIGNATURE_BYTES} bytes: RFC 2104, section 5, advises no less than half of the hash. A user id may contain dots, and the
 * other parts don't, so a text can be read in one way only. Capitals and small letters differ, as they do in user ids.
 *
 * @param issue six characters that say which of the person's badges it is
 * @param signature in base64url without padding
 */
public record Badge(UserId userId, String issue, String signature) {

    /** How every text of this version begins. */
    public static final String PREFIX = "RC1.";

    /** Most characters of a text: with a user id of the greatest length. */
    public static final int MAX_LENGTH = UserId.MAX_LENGTH + 34;

    private static final int SIGNATURE_BYTES = 16;
    private static final Pattern FORM = Pattern.compile(
            "RC1\\.(" + UserId.CHARACTER + "{1," + UserId.MAX_LENGTH + "})\\.([A-Za-z0-9_-]{6})\\.([A-Za-z0-9_-]{22})");

    /** The badge that a text is of, which may not be signed by anybody; empty if it has another form. */
    public static Optional<Badge> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new Badge(new UserId(form.group(1)), form.group(2), form.group(3)))
                : Optional.empty();
    }

    /** A badge that a key signs. */
    static Badge signed(UserId userId, String issue, byte[] key) {
        return new Badge(userId, issue, signature(userId, issue, key));
    }

    /** The text that the QR code has. */
    public String text() {
        return content(userId, issue) + "." + signature;
    }

    /** Whether a key has signed it and it is this issue. Takes the same time wherever the difference is. */
    boolean isValid(String validIssue, byte[] key) {
        boolean isSigned = MessageDigest.isEqual(bytes(signature(userId, issue, key)), bytes(signature));
        return isSigned && MessageDigest.isEqual(bytes(issue), bytes(validIssue));
    }

    private static String content(UserId userId, String issue) {
        return PREFIX + userId.value() + "." + issue;
    }

    private static String signature(UserId userId, String issue, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
            byte[] whole = mac.doFinal(bytes(content(userId, issue)));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, SIGNATURE_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Not the text, since who has it has the badge. */
    @Override
    public String toString() {
        return "a badge of " + userId;
    }
}
