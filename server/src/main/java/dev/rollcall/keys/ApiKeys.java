package dev.rollcall.keys;

import dev.rollcall.keys.ApiKeyStore.NewKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys that open the service. Safe for use by several threads. */
public final class ApiKeys {

    /** How the key from the configuration is called in the audit log. */
    static final String CONFIGURED_ID = "API_KEY";

    private static final int RANDOM_BYTES = 32;
    private static final String PREFIX = "rk_";

    /** Wider than what the database makes up; without what it can't keep. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Optional<String> configured;
    private final ApiKeyStore store;
    private final Clock clock;

    /**
     * Makes the keys known.
     *
     * @param configured the key from the configuration, which opens everything
     */
    public ApiKeys(Optional<String> configured, ApiKeyStore store, Clock clock) {
        this.configured = configured;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Who holds a key.
     *
     * @param hash the key's SHA-256
     */
    public record Holder(String keyId, String hash, Set<Scope> scopes) {

        public Holder {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * A key that was just made.
     *
     * @param secret what opens; it is nowhere else
     */
    public record CreatedKey(String secret, ApiKey key) {}

    /** Whose key this is, or empty if it opens nothing. */
    public Optional<Holder> holder(String secret) {
        String hash = KeyHash.of(secret);
        if (configured.filter(expected -> KeyHash.same(expected, secret)).isPresent()) {
            return Optional.of(new Holder(CONFIGURED_ID, hash, Set.of(Scope.ADMIN)));
        }
        return secret.startsWith(PREFIX)
                ? store.use(hash, clock.instant()).map(key -> new Holder(key.id(), hash, key.scopes()))
                : Optional.empty();
    }

    /** Makes a random key for everything if there is neither a configured one nor has ever been a stored one. */
    public Optional<CreatedKey> createFirst() {
        if (configured.isPresent()) {
            return Optional.empty();
        }
        String secret = random();
        return store.addFirst(newKey(secret, "first key", Set.of(Scope.ADMIN), null), Caller.SERVICE)
                .map(key -> new CreatedKey(secret, key));
    }

    /**
     * Makes a random key.
     *
     * @param scopes what it opens; not empty
     * @param expiresAt from when on it opens nothing, or null for never
     */
    public CreatedKey create(String name, Set<Scope> scopes, @Nullable Instant expiresAt, Caller caller) {
        String secret = random();
        return new CreatedKey(secret, store.add(newKey(secret, name, scopes, expiresAt), caller));
    }

    /** All keys ever made, the oldest first. */
    public List<ApiKey> list() {
        return store.list();
    }

    /** Ends a key at once; empty if there is none with this id. */
    public Optional<ApiKey> revoke(String id, Caller caller) {
        return ID.matcher(id).matches() ? store.revoke(id, clock.instant(), caller) : Optional.empty();
    }

    private NewKey newKey(String secret, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
        return new NewKey(KeyHash.of(secret), name, scopes, clock.instant(), expiresAt);
    }

    private static String random() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
