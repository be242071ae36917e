package dev.rollcall.keys;

import dev.rollcall.keys.SessionStore.KeyOfSession;
import dev.rollcall.keys.SessionStore.NewSession;
import dev.rollcall.keys.SessionStore.StoredSession;
import dev.rollcall.keys.SessionStore.TokenHashes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The sessions of pages, in which a cookie stands for an admin key. A session's token is a random text, which is stored as a hash
 * alone. That of a session of the configured key is a hash of the token and the key, so that another configured key ends the
 * session, and nobody can find the key by its hash. Safe for use by several threads.
 */
public final class Sessions {

    /** The longest that a session lasts. */
    public static final Duration LIFETIME = Duration.ofHours(12);

    /** Most sessions of one key; another one ends the oldest. */
    static final int MOST_OF_A_KEY = 100;

    private static final String PREFIX = "rs_";
    private static final String SEPARATOR = ":";

    private final Optional<String> configured;
    private final SessionStore store;
    private final Clock clock;

    /**
     * Creates the sessions.
     *
     * @param configured the key from the configuration, which is not in the database
     */
    public Sessions(Optional<String> configured, SessionStore store, Clock clock) {
        this.configured = configured;
        this.store = store;
        this.clock = clock;
    }

    /**
     * A session that was just started.
     *
     * @param token the secret for the cookie
     */
    public record StartedSession(String token, Session session) {}

    /**
     * A valid session.
     *
     * @param holder the holder of the key that started it
     * @param keyName the key's name
     * @param csrfToken what each call that changes something must send beside the cookie
     */
    public record Session(
            ApiKeys.Holder holder, String keyName, String csrfToken, Instant startedAt, Instant expiresAt) {

        /** Compares in constant time. */
        public boolean hasCsrfToken(String text) {
            return KeyHash.same(csrfToken, text);
        }
    }

    /** Starts a session with a valid key; empty if the key has been revoked or has expired meanwhile. */
    public Optional<StartedSession> start(ApiKeys.Holder key, Caller caller) {
        boolean isConfigured = key.keyId().equals(ApiKeys.CONFIGURED_ID);
        String token = PREFIX + RandomText.create();
        TokenHashes hashes = hashes(token);
        String tokenHash = isConfigured ? hashes.ofConfiguredKey() : hashes.ofStoredKey();
        if (tokenHash == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        NewSession session = new NewSession(tokenHash, isConfigured ? null : key.hash(), now, now.plus(LIFETIME));
        return store.start(session, MOST_OF_A_KEY, caller)
                .map(stored -> new StartedSession(token, session(token, stored)));
    }

    /** The session of a token, or empty if there is none, or it has ended, or its key was revoked or has expired. */
    public Optional<Session> find(String token) {
        return token.startsWith(PREFIX)
                ? store.use(hashes(token), clock.instant()).map(stored -> session(token, stored))
                : Optional.empty();
    }

    /** Ends the session of a token; whether there was one. */
    public boolean end(String token, Caller caller) {
        return store.end(hashes(token), clock.instant(), caller);
    }

    private Session session(String token, StoredSession stored) {
        KeyOfSession key = stored.key();
        ApiKeys.Holder holder =
                key == null ? ApiKeys.Holder.configured(KeyHash.of(configured.orElseThrow())) : key.holder();
        String name = key == null ? ApiKeys.CONFIGURED_ID : key.key().name();
        return new Session(holder, name, csrfToken(token), stored.startedAt(), stored.expiresAt());
    }

    /** Known to whoever knows the token, and to nobody else. */
    private static String csrfToken(String token) {
        return KeyHash.of("csrf" + SEPARATOR + token);
    }

    private TokenHashes hashes(String token) {
        return new TokenHashes(
                KeyHash.of(token),
                configured.map(key -> KeyHash.of(token + SEPARATOR + key)).orElse(null));
    }
}
