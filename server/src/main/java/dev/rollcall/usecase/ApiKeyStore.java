package dev.rollcall.usecase;

import java.time.Instant;

/** Where the hashes of API keys are kept. Every method may throw {@link StoreUnavailableException}. */
public interface ApiKeyStore {

    /** Whether a key with this SHA-256 (64 lower-case hexadecimal digits) is kept. */
    boolean contains(String keyHash);

    /**
     * Keeps a first key if there is none at all.
     *
     * @return whether it was kept
     */
    boolean addFirst(String keyHash, String name, Instant at);
}
