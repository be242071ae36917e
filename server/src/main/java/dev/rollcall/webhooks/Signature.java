package dev.rollcall.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of an event.
 *
 * <p>Source: Standard Webhooks 1.0.0, "Signature scheme": HMAC-SHA256 over {@code id.timestamp.body}, in base64 after {@code v1,}; one
 * for each valid secret, separated by spaces.
 */
final class Signature {

    private Signature() {}

    /**
     * The value of the header {@code webhook-signature}.
     *
     * @param at the value of {@code webhook-timestamp}, of which only whole seconds count
     */
    static String of(List<WebhookSecret> secrets, String id, Instant at, byte[] body) {
        return secrets.stream()
                .map(secret -> "v1," + base64(secret, id, at, body))
                .collect(Collectors.joining(" "));
    }

    private static String base64(WebhookSecret secret, String id, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.bytes(), mac.getAlgorithm()));
            mac.update((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
