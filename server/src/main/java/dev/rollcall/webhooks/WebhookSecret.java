package dev.rollcall.webhooks;

import java.security.SecureRandom;
import java.util.Base64;

/** The secret that signs the events of an endpoint: 32 random bytes. */
public final class WebhookSecret {

    /** Between the 24 and 64 bytes that Standard Webhooks asks for, and as many as the hash has. */
    private static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    /**
     * Holds a secret.
     *
     * @param bytes not copied
     */
    public WebhookSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    static WebhookSecret random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new WebhookSecret(bytes);
    }

    /** The bytes, not copied. */
    public byte[] bytes() {
        return bytes;
    }

    /** The form that receivers are given. */
    public String text() {
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "the secret of a webhook";
    }
}
