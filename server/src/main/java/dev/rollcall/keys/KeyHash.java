package dev.rollcall.keys;

import dev.rollcall.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The stored form of an API key: its SHA-256. Keys that the service creates have 256 random bits, which can't be searched,
 * so the hash needs neither salt nor key stretching.
 */
public final class KeyHash {

    private KeyHash() {}

    public static String of(String key) {
        return Sha256.hex(bytes(key));
    }

    /** Compares two keys in constant time. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(digest(one), digest(other));
    }

    private static byte[] digest(String key) {
        return Sha256.start().digest(bytes(key));
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
