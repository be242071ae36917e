package dev.rollcall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

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

        String one =
                keys.create("a", Set.of(Scope.READ), null, Caller.COMMAND_LINE).secret();
        String other =
                keys.create("a", Set.of(Scope.READ), null, Caller.COMMAND_LINE).secret();

        assertThat(one).matches("rk_[A-Za-z0-9_-]{43}").isNotEqualTo(other);
    }

    @Test
    void scopes_openThemselvesAndAdminOpensAll() {
        for (Scope scope : Scope.values()) {
            assertThat(scope.within(Set.of(Scope.ADMIN))).isTrue();
            assertThat(scope.within(Set.of(scope))).isTrue();
            assertThat(Scope.parse(scope.text())).contains(scope);
        }
        assertThat(Scope.ENROLL.within(Set.of(Scope.RECOGNIZE, Scope.READ))).isFalse();
        assertThat(Scope.ADMIN.within(Set.of(Scope.RECOGNIZE, Scope.READ, Scope.ENROLL)))
                .isFalse();
        assertThat(Scope.parse("root")).isEmpty();
    }

    private ApiKeys keys(Optional<String> configured) {
        return new ApiKeys(configured, store, Clock.systemUTC());
    }

    private static final class RememberedKeys implements ApiKeyStore {

        private final Map<String, ApiKey> keys = new LinkedHashMap<>();
        private final List<String> revoked = new ArrayList<>();

        @Override
        public Optional<ApiKey> use(String hash, Instant now) {
            return Optional.ofNullable(keys.get(hash));
        }

        @Override
        public Optional<ApiKey> addFirst(NewKey key, Caller caller) {
            return keys.isEmpty() ? Optional.of(add(key, caller)) : Optional.empty();
        }

        @Override
        public ApiKey add(NewKey key, Caller caller) {
            ApiKey kept = new ApiKey(
                    key.hash().substring(0, 12), key.name(), key.scopes(), key.at(), key.expiresAt(), null, null);
            keys.put(key.hash(), kept);
            return kept;
        }

        @Override
        public List<ApiKey> list() {
            return new ArrayList<>(keys.values());
        }

        @Override
        public Optional<ApiKey> revoke(String id, Instant now, Caller caller) {
            revoked.add(id);
            return keys.values().stream().filter(key -> key.id().equals(id)).findFirst();
        }
    }
}
