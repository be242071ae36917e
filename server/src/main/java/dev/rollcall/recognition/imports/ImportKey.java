package dev.rollcall.recognition.imports;

import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The AES-256 key of the files of one import. */
public final class ImportKey {

    private static final int BYTES = 32;

    private final SecretKeySpec key;

    private ImportKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("the key must have 32 bytes");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    static ImportKey random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new ImportKey(bytes);
    }

    /** The key of {@link #hex()}. */
    public static ImportKey ofHex(String hex) {
        return new ImportKey(HexFormat.of().parseHex(hex));
    }

    /** The key in hexadecimal digits, for the database. */
    public String hex() {
        return HexFormat.of().formatHex(key.getEncoded());
    }

    SecretKey key() {
        return key;
    }
}
