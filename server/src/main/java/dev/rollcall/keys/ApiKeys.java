package dev.rollcall.keys;

import dev.rollcall.keys.ApiKeyStore.NewKey;
import dev.rollcall.outcome.Page;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The API keys of the service: the configured one and the stored ones. Safe for use by several threads. */
public final class ApiKeys {

    /** The id of the configured key in the audit log. */
    static final String CONFIGURED_ID = "API_KEY";

    private static final String PREFIX = "rk_";

    /** Ids that the database can store; its own ids are a subset. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Optional<String> configured;
    private final ApiKeyStore store;
    private final Clock clock;

    /**
     * Creates the keys.
     *
     * @param configured the key from the configuration, which permits everything
     */
    public ApiKeys(Optional<String> configured, ApiKeyStore store, Clock clock) {
        this.configured = configured;
        this.store = store;
        this.clock = clock;
    }

    /**
     * The holder of a valid key.
     *
     * @param hash the key's SHA-256
     * @param site the site of the marks that are made with it
     * @param userId the person whose phone has the key; null if the key is bound to no person
     */
    public record Holder(
            String keyId,
            String hash,
            Set<Scope> scopes,
            String site,
            @Nullable String userId) {

        public Holder {
            scopes = Set.copyOf(scopes);
        }

        /** The holder of a key that is bound to no person. */
        public Holder(String keyId, String hash, Set<Scope> scopes, String site) {
            this(keyId, hash, scopes, site, null);
        }

        /** The holder of a stored key. */
        static Holder stored(String hash, ApiKey key) {
            return new Holder(key.id(), hash, key.scopes(), key.site(), key.userId());
        }

        /** The holder of the configured key. */
        static Holder configured(String hash) {
            return new Holder(CONFIGURED_ID, hash, Set.of(Scope.ADMIN), ApiKey.DEFAULT_SITE);
        }
    }

    /**
     * A new key.
     *
     * @param secret the secret, which is not stored
     */
    public record CreatedKey(String secret, ApiKey key) {}

    /** The holder of a key, or empty if the key is invalid. */
    public Optional<Holder> holder(String secret) {
        return holder(secret, null);
    }

    /**
     * The holder of a key, or empty if the key is invalid. The database is asked each time, so a key's revocation and a change of
     * its site hold from the next request on, on every instance.
     *
     * @param version what a device says of its program, valid for {@link DeviceVersion}, or null
     */
    public Optional<Holder> holder(String secret, @Nullable String version) {
        String hash = KeyHash.of(secret);
        if (configured.filter(expected -> KeyHash.same(expected, secret)).isPresent()) {
            return Optional.of(Holder.configured(hash));
        }
        return secret.startsWith(PREFIX)
                ? store.use(hash, clock.instant(), version).map(key -> Holder.stored(hash, key))
                : Optional.empty();
    }

    /** Creates a random key of scope admin if there is no configured key and has never been a stored one. */
    public Optional<CreatedKey> createFirst() {
        if (configured.isPresent()) {
            return Optional.empty();
        }
        String secret = random();
        NewKey first = new NewKey(KeyHash.of(secret), "first key", Set.of(Scope.ADMIN), clock.instant(), null);
        return store.addFirst(first, Caller.SERVICE).map(key -> new CreatedKey(secret, key));
    }

    /**
     * Creates a random key; empty if there is no such site.
     *
     * @param scopes what it permits; not empty
     * @param expiresAt when it expires, or null for never
     */
    public Optional<CreatedKey> create(
            String name, Set<Scope> scopes, String site, @Nullable Instant expiresAt, Caller caller) {
        String secret = random();
        NewKey key = new NewKey(KeyHash.of(secret), name, scopes, site, clock.instant(), expiresAt);
        return store.add(key, caller).map(added -> new CreatedKey(secret, added));
    }

    /** A page of the stored keys, also expired and revoked ones, the oldest first. */
    public Page<ApiKey> page(@Nullable KeyPosition after, int limit) {
        return Page.of(store.list(after, limit + 1), limit, KeyPosition::key);
    }

    /** How many stored keys there are. */
    public long count() {
        return store.count();
    }

    /** Revokes a key; empty if there is none with this id. */
    public Optional<ApiKey> revoke(String id, Caller caller) {
        return isId(id) ? store.revoke(id, clock.instant(), caller) : Optional.empty();
    }

    /** Whether a text has the form of the ids of keys. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** A new secret, with 256 random bits. */
    static String random() {
        return PREFIX + RandomText.create();
    }
}
