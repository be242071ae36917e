package dev.rollcall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final String SITE = "gate-2";

    private final RememberedKeys store = new RememberedKeys();

    @Test
    void withoutAnyKey_nobodyGetsIn() {
        ApiKeys keys = keys(Optional.empty());

        assertThat(keys.holder("")).isEmpty();
        assertThat(keys.holder("guess")).isEmpty();
        assertThat(keys.holder("rk_guess")).isEmpty();
    }

    @Test
    void firstKey_isMadeOnceOpensEverythingAndIsKeptAsHashAlone() {
        ApiKeys keys = keys(Optional.empty());

        ApiKeys.CreatedKey made = keys.createFirst().orElseThrow();

        assertThat(keys.createFirst()).isEmpty();
        assertThat(keys.holder(made.secret()).orElseThrow().scopes()).containsExactly(Scope.ADMIN);
        assertThat(keys.holder(made.secret() + "x")).isEmpty();
        assertThat(store.keys.keySet())
                .containsExactly(KeyHash.of(made.secret()))
                .doesNotContain(made.secret());
    }

    @Test
    void configuredKey_opensEverythingBesideTheOthers() {
        String stored = keys(Optional.empty()).createFirst().orElseThrow().secret();
        ApiKeys keys = keys(Optional.of("secret"));

        assertThat(keys.holder("secret").orElseThrow().keyId()).isEqualTo("API_KEY");
        assertThat(keys.holder("secret").orElseThrow().scopes()).containsExactly(Scope.ADMIN);
        assertThat(keys.holder("Secret")).isEmpty();
        assertThat(keys.holder(stored)).isPresent();
        assertThat(keys.createFirst()).isEmpty();
    }

    @Test
    void idOfNoForm_isUnknownAndNotAskedFor() {
        ApiKeys keys = keys(Optional.empty());
        String id = keys.createFirst().orElseThrow().key().id();

        for (String none : List.of("", "\0", id + "\0", " " + id, "\ud800", "x".repeat(65))) {
            assertThat(keys.revoke(none, Caller.COMMAND_LINE)).isEmpty();
        }
        assertThat(keys.revoke(id, Caller.COMMAND_LINE)).isPresent();
        assertThat(store.revoked).containsExactly(id);
    }

    @Test
    void madeKeys_areLongRandomAndDifferent() {
        ApiKeys keys = keys(Optional.empty());

        String one = made(keys, "a", null).secret();
        String other = made(keys, "a", null).secret();

        assertThat(one).matches("rk_[A-Za-z0-9_-]{43}").isNotEqualTo(other);
    }

    @Test
    void madeKey_isKeptAsItWasWantedAndOpensWhatItsScopesSay() {
        ApiKeys keys = keys(Optional.empty());
        Instant expiresAt = NOW.plusSeconds(60);

        ApiKeys.CreatedKey made = keys.create("kiosk", Set.of(Scope.RECOGNIZE), SITE, expiresAt, Caller.COMMAND_LINE)
                .orElseThrow();

        String hash = KeyHash.of(made.secret());
        assertThat(made.key())
                .isEqualTo(new ApiKey(
                        hash.substring(0, 12),
                        "kiosk",
                        Set.of(Scope.RECOGNIZE),
                        SITE,
                        NOW,
                        expiresAt,
                        null,
                        null,
                        null,
                        null));
        assertThat(keys.page(null, 5).items()).containsExactly(made.key());
        assertThat(keys.holder(made.secret()))
                .contains(new ApiKeys.Holder(made.key().id(), hash, Set.of(Scope.RECOGNIZE), SITE));
        assertThat(store.callers).containsExactly(Caller.COMMAND_LINE);
    }

    @Test
    void expiredOrRevokedKey_opensNothing() {
        ApiKeys keys = keys(Optional.empty());
        String expired = made(keys, "a", NOW).secret();
        ApiKeys.CreatedKey revoked = made(keys, "b", NOW.plusSeconds(1));
        assertThat(keys.holder(revoked.secret())).isPresent();

        assertThat(keys.revoke(revoked.key().id(), Caller.SERVICE)).get().satisfies(key -> assertThat(key.revokedAt())
                .isEqualTo(NOW));

        assertThat(keys.holder(expired)).isEmpty();
        assertThat(keys.holder(revoked.secret())).isEmpty();
        assertThat(keys.revoke("unknown", Caller.SERVICE)).isEmpty();
    }

    @Test
    void firstKey_isMadeByTheServiceAndNeverExpires() {
        ApiKey key = keys(Optional.empty()).createFirst().orElseThrow().key();

        assertThat(key.name()).isEqualTo("first key");
        assertThat(key.createdAt()).isEqualTo(NOW);
        assertThat(key.expiresAt()).isNull();
        assertThat(store.callers).containsExactly(Caller.SERVICE);
    }

    @Test
    void keyWithoutThePrefix_isNotLookedFor() {
        ApiKeys keys = keys(Optional.of("secret"));

        keys.holder("secret");
        keys.holder("other");
        keys.holder("rk_other");

        assertThat(store.used).containsExactly(KeyHash.of("rk_other"));
    }

    @Test
    void hash_isTheSha256OfTheText() {
        assertThat(KeyHash.of("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(KeyHash.same("abc", "abc")).isTrue();
        assertThat(KeyHash.same("abc", "abd")).isFalse();
        assertThat(KeyHash.same("abc", "")).isFalse();
    }

    @Test
    void scopes_openThemselvesAndAdminOpensAllButThatOfAPerson() {
        for (Scope scope : Scope.values()) {
            assertThat(scope.within(Set.of(Scope.ADMIN))).isEqualTo(scope != Scope.SELF);
            assertThat(scope.within(Set.of(scope))).isTrue();
            assertThat(Scope.parse(scope.text())).contains(scope);
        }
        assertThat(Scope.ENROLL.within(Set.of(Scope.RECOGNIZE, Scope.READ))).isFalse();
        assertThat(Scope.ADMIN.within(Set.of(Scope.RECOGNIZE, Scope.READ, Scope.ENROLL)))
                .isFalse();
        assertThat(Scope.parse("root")).isEmpty();
    }

    @Test
    void keyOfAnUnknownSite_isNotMade() {
        ApiKeys keys = keys(Optional.empty());

        assertThat(keys.create("a", Set.of(Scope.READ), "nowhere", null, Caller.COMMAND_LINE))
                .isEmpty();
        assertThat(keys.page(null, 5).items()).isEmpty();
    }

    @Test
    void whatADeviceSaysOfItself_comesToTheStore() {
        ApiKeys keys = keys(Optional.empty());

        keys.holder("rk_x", "kiosk 1.4");
        keys.holder("rk_x");

        assertThat(store.versions).containsExactly("kiosk 1.4", null);
    }

    private static ApiKeys.CreatedKey made(ApiKeys keys, String name, @Nullable Instant expiresAt) {
        return keys.create(name, Set.of(Scope.READ), ApiKey.DEFAULT_SITE, expiresAt, Caller.COMMAND_LINE)
                .orElseThrow();
    }

    private ApiKeys keys(Optional<String> configured) {
        return new ApiKeys(configured, store, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** Keys in memory. */
    private static final class RememberedKeys implements ApiKeyStore {

        private final Map<String, ApiKey> keys = new LinkedHashMap<>();
        private final List<String> revoked = new ArrayList<>();
        private final List<String> used = new ArrayList<>();
        private final List<@Nullable String> versions = new ArrayList<>();
        private final List<Caller> callers = new ArrayList<>();

        @Override
        public Optional<ApiKey> use(String hash, Instant now, @Nullable String version) {
            used.add(hash);
            versions.add(version);
            return Optional.ofNullable(keys.get(hash))
                    .filter(key ->
                            key.revokedAt() == null && (key.expiresAt() == null || now.isBefore(key.expiresAt())));
        }

        @Override
        public Optional<ApiKey> addFirst(NewKey key, Caller caller) {
            return keys.isEmpty() ? add(key, caller) : Optional.empty();
        }

        @Override
        public Optional<ApiKey> add(NewKey key, Caller caller) {
            if (!key.site().equals(SITE) && !key.site().equals(ApiKey.DEFAULT_SITE)) {
                return Optional.empty();
            }
            callers.add(caller);
            ApiKey kept = new ApiKey(
                    key.hash().substring(0, 12),
                    key.name(),
                    key.scopes(),
                    key.site(),
                    key.at(),
                    key.expiresAt(),
                    null,
                    null,
                    null,
                    null);
            keys.put(key.hash(), kept);
            return Optional.of(kept);
        }

        @Override
        public List<ApiKey> list(@Nullable KeyPosition after, int limit) {
            return keys.values().stream().limit(limit).toList();
        }

        @Override
        public long count() {
            return keys.size();
        }

        @Override
        public Optional<ApiKey> revoke(String id, Instant now, Caller caller) {
            revoked.add(id);
            keys.replaceAll((hash, key) -> key.id().equals(id)
                    ? new ApiKey(
                            id,
                            key.name(),
                            key.scopes(),
                            key.site(),
                            key.createdAt(),
                            key.expiresAt(),
                            null,
                            now,
                            null,
                            null)
                    : key);
            return keys.values().stream().filter(key -> key.id().equals(id)).findFirst();
        }
    }
}
