package dev.rollcall.keys;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The store of API keys, by their hashes. Every method may throw {@link StoreUnavailableException}. */
public interface ApiKeyStore {

    /**
     * The key with this hash, if it is neither revoked nor expired; records its use, at most once a minute.
     *
     * @param hash SHA-256 of the secret, 64 lower-case hexadecimal digits
     * @param version what the device says of its program, valid for {@link DeviceVersion}, or null if it says nothing
     */
    Optional<ApiKey> use(String hash, Instant now, @Nullable String version);

    /** Stores a first key, if there has never been one; empty if there has. */
    Optional<ApiKey> addFirst(NewKey key, Caller caller);

    /** Stores a key; empty if there is no such site. */
    Optional<ApiKey> add(NewKey key, Caller caller);

    /**
     * Keys, also expired and revoked ones, the oldest first.
     *
     * @param after only keys behind this position, or null
     * @param limit most keys, at least 1
     */
    List<ApiKey> list(@Nullable KeyPosition after, int limit);

    /** How many keys there are. */
    long count();

    /** Revokes a key, for every service instance at once; empty if there is none with this id. */
    Optional<ApiKey> revoke(String id, Instant now, Caller caller);

    /**
     * A key to be stored.
     *
     * @param hash SHA-256 of the secret, 64 lower-case hexadecimal digits
     * @param expiresAt when it expires, or null for never
     */
    record NewKey(
            String hash,
            String name,
            Set<Scope> scopes,
            String site,
            Instant at,
            @Nullable Instant expiresAt) {

        public NewKey {
            scopes = Set.copyOf(scopes);
        }

        /** A key of the default site. */
        public NewKey(String hash, String name, Set<Scope> scopes, Instant at, @Nullable Instant expiresAt) {
            this(hash, name, scopes, ApiKey.DEFAULT_SITE, at, expiresAt);
        }
    }
}
