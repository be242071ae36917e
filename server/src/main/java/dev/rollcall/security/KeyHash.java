package dev.rollcall.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The stored form of an API key: its SHA-256. The keys that the service makes carry 256 random bits, which nobody can
 * search, so the hash needs neither salt nor slowness.
 */
final class KeyHash {

    private KeyHash() {}

    static String of(String key) {
        return HexFormat.of().formatHex(digest(key));
    }

    /** Compares without telling by its duration how much agrees. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(digest(one), digest(other));
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
