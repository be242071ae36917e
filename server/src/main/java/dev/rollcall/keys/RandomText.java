package dev.rollcall.keys;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets that can't be guessed. */
final class RandomText {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    /** 256 random bits as 43 letters, digits, hyphens and underscores. */
    static String create() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
