package dev.rollcall.keys;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where API keys are kept, by their hashes. Every method may throw {@link StoreUnavailableException}. */
public interface ApiKeyStore {

    /**
     * The key with this hash, if it is neither revoked nor expired; its use is noted.
     *
     * @param hash SHA-256 of the secret, 64 lower-case hexadecimal digits
     */
    Optional<ApiKey> use(String hash, Instant now);

    /** Keeps a first key, if there has never been one; empty if there has. */
    Optional<ApiKey> addFirst(NewKey key, Caller caller);

    /** Keeps a key. */
    ApiKey add(NewKey key, Caller caller);

    /** All keys ever kept, the oldest first. */
    List<ApiKey> list();

    /** Ends a key at once, for every service instance; empty if there is none with this id. */
    Optional<ApiKey> revoke(String id, Instant now, Caller caller);

    /**
     * A key to be kept.
     *
     * @param hash SHA-256 of the secret, 64 lower-case hexadecimal digits
     * @param expiresAt from when on it opens nothing, or null for never
     */
    record NewKey(
            String hash,
            String name,
            Set<Scope> scopes,
            Instant at,
            @Nullable Instant expiresAt) {

        public NewKey {
            scopes = Set.copyOf(scopes);
        }
    }
}
