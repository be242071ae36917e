package dev.rollcall.security;

import dev.rollcall.usecase.ApiKeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

/** The keys that open the service. Safe for use by several threads. */
public final class ApiKeys {

    private static final int RANDOM_BYTES = 32;
    private static final String PREFIX = "rk_";

    private final Optional<String> configured;
    private final ApiKeyStore store;

    /**
     * Makes the keys known.
     *
     * @param configured the key from the configuration; with one, the store is not asked
     */
    public ApiKeys(Optional<String> configured, ApiKeyStore store) {
        this.configured = configured;
        this.store = store;
    }

    /** Whether a key opens the service. */
    public boolean accepts(String key) {
        return configured
                .map(expected -> KeyHash.same(expected, key))
                .orElseGet(() -> !key.isEmpty() && store.contains(KeyHash.of(key)));
    }

    /**
     * Makes a random key if there is neither a configured nor a stored one, and keeps its hash.
     *
     * @return the new key, which is nowhere else
     */
    public Optional<String> createFirst(Clock clock) {
        if (configured.isPresent()) {
            return Optional.empty();
        }
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return store.addFirst(KeyHash.of(key), "first key", clock.instant()) ? Optional.of(key) : Optional.empty();
    }
}
