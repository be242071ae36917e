package dev.rollcall.store.function;

import dev.rollcall.outcome.StoreSetupException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Turns secrets that the service must use again, such as those of webhooks, into the texts that are stored, and back: {@code plain:} or
 * the id of the key, a colon, and base64 of the secret, or of a nonce, ciphertext and tag. What the secret is for is authenticated with it,
 * so that one that was moved opens nothing. Safe for use by several threads.
 *
 * <p>Source: AES-256-GCM after NIST SP 800-38D; see {@link TemplateSeal}.
 */
public final class SecretSeal {

    private static final String PLAIN = "plain";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Optional<TemplateKey> key;
    private final List<TemplateKey> known;

    /**
     * Encrypts and decrypts under these keys.
     *
     * @param key under which secrets are encrypted from now on; without it they are stored plain
     * @param previous under which some may still be encrypted
     */
    public SecretSeal(Optional<TemplateKey> key, Optional<TemplateKey> previous) {
        this.key = key;
        this.known = Stream.of(key, previous).flatMap(Optional::stream).toList();
    }

    /**
     * The text of a secret.
     *
     * @param purpose what it is for, and of what
     */
    String seal(byte[] secret, String purpose) {
        if (key.isEmpty()) {
            return PLAIN + ":" + Base64.getEncoder().encodeToString(secret);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key.get(), nonce, secret, purpose);
            byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
            return key.get().id() + ":" + Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-256-GCM", e);
        }
    }

    /** What came of opening a text. */
    sealed interface Opening {

        /** The secret. */
        final class Opened implements Opening {

            private final byte[] secret;

            private Opened(byte[] secret) {
                this.secret = secret;
            }

            /** The bytes, not copied. */
            byte[] secret() {
                return secret;
            }
        }

        /** It can't be opened; the reason says what is encrypted, and never the text. */
        record Failed(String reason) implements Opening {}
    }

    /** Opens what {@link #seal} made with one of the keys known here. */
    Opening open(String text, String purpose) {
        String id = text.substring(0, Math.max(0, text.indexOf(':')));
        Optional<byte[]> bytes = decoded(text.substring(Math.min(text.length(), id.length() + 1)));
        if (bytes.isEmpty()) {
            return new Opening.Failed(purpose + " was changed: it has another form");
        }
        if (id.equals(PLAIN)) {
            return new Opening.Opened(bytes.get());
        }
        Optional<TemplateKey> sealedWith =
                known.stream().filter(one -> one.id().equals(id)).findFirst();
        if (sealedWith.isEmpty()) {
            return new Opening.Failed(purpose + " is encrypted under the key " + id
                    + ", which is neither TEMPLATE_KEY nor OLD_TEMPLATE_KEY");
        }
        if (bytes.get().length < NONCE_BYTES) {
            return new Opening.Failed(purpose + " was changed: it is too short");
        }
        try {
            byte[] nonce = Arrays.copyOf(bytes.get(), NONCE_BYTES);
            byte[] sealed = Arrays.copyOfRange(bytes.get(), NONCE_BYTES, bytes.get().length);
            return new Opening.Opened(crypt(Cipher.DECRYPT_MODE, sealedWith.get(), nonce, sealed, purpose));
        } catch (GeneralSecurityException e) {
            return new Opening.Failed(purpose + " was changed, or belongs to something else");
        }
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws StoreSetupException if it can't be opened
     */
    byte[] opened(String text, String purpose) {
        Opening opening = open(text, purpose);
        if (opening instanceof Opening.Opened opened) {
            return opened.secret();
        }
        throw new StoreSetupException(
                ((Opening.Failed) opening).reason()
                        + ". Set TEMPLATE_KEY or OLD_TEMPLATE_KEY to the key that it was encrypted under; if that is lost, replace the secret");
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether a text is sealed under the present key. */
    boolean isPresent(String text) {
        return text.startsWith(key.map(TemplateKey::id).orElse(PLAIN) + ":");
    }

    private static byte[] crypt(int mode, TemplateKey key, byte[] nonce, byte[] input, String purpose)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(input);
    }
}
