package dev.rollcall.store.function;

import dev.rollcall.archive.ArchiveStore.Opening;
import dev.rollcall.archive.ArchiveStore.SealedTemplate;
import dev.rollcall.engine.Embedding;
import dev.rollcall.outcome.StoreSetupException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Turns embeddings into the form in which they are stored, and back: plain, or encrypted under a key. An encrypted one is
 * a nonce of 12 random bytes, the ciphertext, and a tag of 16 bytes. The owner's user id and the model are authenticated
 * with it, so that a template that was moved to another person opens nothing. Safe for use by several threads.
 *
 * <p>Source: AES-256-GCM after NIST SP 800-38D; with random nonces a key may be used 2³² times.
 */
public final class TemplateSeal {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Optional<TemplateKey> key;
    private final List<TemplateKey> known;

    /**
     * Encrypts and decrypts under these keys.
     *
     * @param key under which templates are encrypted from now on; without it they are stored plain
     * @param previous under which some may still be encrypted
     */
    public TemplateSeal(Optional<TemplateKey> key, Optional<TemplateKey> previous) {
        this.key = key;
        List<TemplateKey> all = new ArrayList<>();
        key.ifPresent(all::add);
        previous.ifPresent(all::add);
        this.known = List.copyOf(all);
    }

    /** Stores templates plain. */
    public static TemplateSeal none() {
        return new TemplateSeal(Optional.empty(), Optional.empty());
    }

    /** The stored form of an embedding, and the id of the key under which it is encrypted; null for a plain one. */
    static final class Sealed {

        private final byte[] bytes;
        private final @Nullable String sealedWith;

        /**
         * Holds a stored form.
         *
         * @param bytes not copied
         */
        Sealed(byte[] bytes, @Nullable String sealedWith) {
            this.bytes = bytes;
            this.sealedWith = sealedWith;
        }

        byte[] bytes() {
            return bytes;
        }

        @Nullable
        String sealedWith() {
            return sealedWith;
        }
    }

    /** Whose embedding it is, and of which model. */
    record Owner(String userId, String model) {}

    /** The id of the key that is used from now on, or null. */
    @Nullable
    String keyId() {
        return key.map(TemplateKey::id).orElse(null);
    }

    Sealed seal(Embedding embedding, Owner owner) {
        return key.map(current -> new Sealed(encrypted(embedding.toBytes(), owner, current), current.id()))
                .orElseGet(() -> new Sealed(embedding.toBytes(), null));
    }

    /** Opens what {@link #seal} made with one of the keys known here. */
    Embedding open(Sealed sealed, Owner owner) {
        String id = sealed.sealedWith();
        byte[] plain = id == null ? sealed.bytes() : decrypted(sealed.bytes(), owner, known(id));
        return Embedding.fromBytes(plain);
    }

    /** Tries to open a template of an archive. */
    Opening opening(SealedTemplate template) {
        if (known.stream().noneMatch(one -> one.id().equals(template.keyId()))) {
            return Opening.OTHER_KEY;
        }
        byte[] bytes = HexFormat.of().parseHex(template.bytes());
        if (bytes.length != length(template.keyId())) {
            return Opening.CHANGED;
        }
        try {
            open(new Sealed(bytes, template.keyId()), new Owner(template.userId(), template.model()));
            return Opening.OPENS;
        } catch (IllegalStateException | IllegalArgumentException e) {
            return Opening.CHANGED;
        }
    }

    /**
     * How many bytes the stored form of an embedding has.
     *
     * @param sealedWith the id of its key, or null for a plain one
     */
    static int length(@Nullable String sealedWith) {
        return sealedWith == null
                ? Embedding.STORED_BYTES
                : NONCE_BYTES + Embedding.STORED_BYTES + TAG_BITS / Byte.SIZE;
    }

    /**
     * Makes sure that every template can be opened.
     *
     * @param used the ids of the keys that templates are encrypted under
     * @throws StoreSetupException if one of them is not known here
     */
    void check(Set<String> used) {
        for (String id : used) {
            if (known.stream().noneMatch(one -> one.id().equals(id))) {
                String given = known.isEmpty()
                        ? "TEMPLATE_KEY is not set"
                        : "TEMPLATE_KEY and OLD_TEMPLATE_KEY are others ("
                                + String.join(
                                        ", ",
                                        known.stream().map(TemplateKey::id).toList()) + ")";
                throw new StoreSetupException("templates in the database are encrypted under the key " + id + ", and "
                        + given + ". Set TEMPLATE_KEY to that key. If it is lost, these templates are too: nobody can"
                        + " open them, and the people must be enrolled again (docs/privacy.md)");
            }
        }
    }

    private TemplateKey known(String id) {
        return known.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("a template is encrypted under the key " + id + ", not known here"));
    }

    private static byte[] encrypted(byte[] plain, Owner owner, TemplateKey key) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, NONCE_BYTES, owner);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private static byte[] decrypted(byte[] sealed, Owner owner, TemplateKey key) {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, sealed, NONCE_BYTES, owner)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new IllegalStateException(
                    "a template of " + owner.userId() + " was changed, or belongs to somebody else", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, TemplateKey key, byte[] nonce, int nonceBytes, Owner owner)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce, 0, nonceBytes));
        cipher.updateAAD((owner.userId() + "\n" + owner.model()).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
