package dev.rollcall.keys;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of sessions, by hashes of their tokens; it is the same for every instance of the service. Every method may throw
 * {@link StoreUnavailableException}.
 */
public interface SessionStore {

    /**
     * Stores a session and ends the oldest ones of its key beyond {@code most}.
     *
     * @return the session, which ends with its key at the latest; empty if the key is not valid
     */
    Optional<StoredSession> start(NewSession session, int most, Caller caller);

    /** The session under one of two hashes, if it and its key are valid; records the use of the key. */
    Optional<StoredSession> use(TokenHashes token, Instant now);

    /** Ends a session, for every service instance at once; whether there was one. */
    boolean end(TokenHashes token, Instant now, Caller caller);

    /** Removes sessions that have ended; returns how many. */
    int sweep(Instant now);

    /**
     * A session to be stored.
     *
     * @param tokenHash 64 lower-case hexadecimal digits
     * @param keyHash SHA-256 of the stored key that starts it; null for the configured key
     * @param expiresAt at most 12 hours after {@code at}
     */
    record NewSession(String tokenHash, @Nullable String keyHash, Instant at, Instant expiresAt) {}

    /**
     * The two hashes that a token may be stored under.
     *
     * @param ofStoredKey that of a session of a stored key
     * @param ofConfiguredKey that of a session of the configured key; null if there is no configured key
     */
    record TokenHashes(String ofStoredKey, @Nullable String ofConfiguredKey) {}

    /**
     * A valid session.
     *
     * @param key the key that started it; null for the configured key
     */
    record StoredSession(@Nullable KeyOfSession key, Instant startedAt, Instant expiresAt) {}

    /**
     * The stored key of a session.
     *
     * @param hash SHA-256 of its secret
     */
    record KeyOfSession(String hash, ApiKey key) {

        ApiKeys.Holder holder() {
            return ApiKeys.Holder.stored(hash, key);
        }
    }
}
