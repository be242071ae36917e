package dev.rollcall.store.function;

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
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key.get(), nonce, secret, purpose);
        byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
        return key.get().id() + ":" + Base64.getEncoder().encodeToString(whole);
    }

    /** Opens what {@link #seal} made with one of the keys known here. */
    byte[] open(String text, String purpose) {
        String id = text.substring(0, text.indexOf(':'));
        byte[] bytes = Base64.getDecoder().decode(text.substring(id.length() + 1));
        if (id.equals(PLAIN)) {
            return bytes;
        }
        TemplateKey sealedWith = known.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(purpose + " is encrypted under the key " + id
                        + ", which is neither TEMPLATE_KEY nor OLD_TEMPLATE_KEY"));
        byte[] sealed = Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length);
        return crypt(Cipher.DECRYPT_MODE, sealedWith, Arrays.copyOf(bytes, NONCE_BYTES), sealed, purpose);
    }

    /** Whether a text is sealed under the present key. */
    boolean isPresent(String text) {
        return text.startsWith(key.map(TemplateKey::id).orElse(PLAIN) + ":");
    }

    private static byte[] crypt(int mode, TemplateKey key, byte[] nonce, byte[] input, String purpose) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(purpose + " was changed, or belongs to something else", e);
        }
    }
}
