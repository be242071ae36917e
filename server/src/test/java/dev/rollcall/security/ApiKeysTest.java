package dev.rollcall.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.usecase.ApiKeyStore;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

    private final RememberedKeys store = new RememberedKeys();

    @Test
    void withoutAnyKey_nobodyGetsIn() {
        ApiKeys keys = new ApiKeys(Optional.empty(), store);

        assertThat(keys.accepts("")).isFalse();
        assertThat(keys.accepts("guess")).isFalse();
    }

    @Test
    void firstKey_isMadeOnceAndKeptAsHashAlone() {
        ApiKeys keys = new ApiKeys(Optional.empty(), store);

        String key = keys.createFirst(Clock.systemUTC()).orElseThrow();

        assertThat(keys.createFirst(Clock.systemUTC())).isEmpty();
        assertThat(keys.accepts(key)).isTrue();
        assertThat(keys.accepts(key + "x")).isFalse();
        assertThat(store.hashes).containsExactly(KeyHash.of(key)).doesNotContain(key);
    }

    @Test
    void configuredKey_isTheOnlyOne() {
        String stored = new ApiKeys(Optional.empty(), store)
                .createFirst(Clock.systemUTC())
                .orElseThrow();
        ApiKeys keys = new ApiKeys(Optional.of("secret"), store);

        assertThat(keys.accepts("secret")).isTrue();
        assertThat(keys.accepts("Secret")).isFalse();
        assertThat(keys.accepts(stored)).isFalse();
        assertThat(keys.createFirst(Clock.systemUTC())).isEmpty();
    }

    private static final class RememberedKeys implements ApiKeyStore {

        private final Set<String> hashes = new HashSet<>();

        @Override
        public boolean contains(String keyHash) {
            return hashes.contains(keyHash);
        }

        @Override
        public boolean addFirst(String keyHash, String name, Instant at) {
            return hashes.isEmpty() && hashes.add(keyHash);
        }
    }
}
