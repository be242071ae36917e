package dev.rollcall.receipts;

import dev.rollcall.digest.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The public half of a key that signs receipts, Ed25519 (RFC 8032).
 *
 * @param id the first 16 hexadecimal digits of the SHA-256 of the 32 bytes
 * @param x the 32 bytes in base64url, as a JWK has them (RFC 8037)
 * @param createdAt null if it isn't known
 * @param replacedAt since when another one signs; null if none does
 */
public record ReceiptKey(
        String id,
        String x,
        @Nullable Instant createdAt,
        @Nullable Instant replacedAt) {

    private static final String ALGORITHM = "Ed25519";
    /** Length of a public key. */
    static final int BYTES = 32;

    private static final int ID_DIGITS = 16;

    /** What stands before the 32 bytes in X.509's form of such a key (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /** A key by its 32 bytes. */
    public static ReceiptKey of(byte[] raw, @Nullable Instant createdAt, @Nullable Instant replacedAt) {
        return new ReceiptKey(
                Sha256.hex(raw).substring(0, ID_DIGITS),
                Base64.getUrlEncoder().withoutPadding().encodeToString(raw),
                createdAt,
                replacedAt);
    }

    /** A key with its private half. */
    public record Pair(ReceiptKey key, PrivateKey privateKey) {

        /** A new key. */
        public static Pair random(Instant now) {
            try {
                KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
                byte[] x509 = pair.getPublic().getEncoded();
                byte[] raw = Arrays.copyOfRange(x509, x509.length - BYTES, x509.length);
                return new Pair(ReceiptKey.of(raw, now, null), pair.getPrivate());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has Ed25519", e);
            }
        }

        /** A key with its private half in the form of PKCS #8. */
        public static Pair of(ReceiptKey key, byte[] pkcs8) {
            try {
                return new Pair(key, KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the private key of receipts is damaged", e);
            }
        }

        /** Not the private half. */
        @Override
        public String toString() {
            return "the pair of " + key;
        }
    }

    /** The 32 bytes. */
    public byte[] raw() {
        return Base64.getUrlDecoder().decode(x);
    }

    /** Throws {@link GeneralSecurityException} if the bytes are no key. */
    PublicKey publicKey() throws GeneralSecurityException {
        byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + BYTES);
        System.arraycopy(raw(), 0, x509, X509_PREFIX.length, BYTES);
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(x509));
    }
}
