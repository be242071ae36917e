package dev.rollcall.keys;

import dev.rollcall.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The stored form of an API key: its SHA-256. The keys that the service makes carry 256 random bits, which nobody can
 * search, so the hash needs neither salt nor slowness.
 */
public final class KeyHash {

    private KeyHash() {}

    public static String of(String key) {
        return Sha256.hex(bytes(key));
    }

    /** Compares without telling by its duration how much agrees. */
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
