package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.usecase.ApiKeyStore;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every store of API keys must do. */
interface ApiKeyStoreContract {

    ApiKeyStore keys();

    @Test
    default void firstKey_isAddedOnce() {
        String first = "a".repeat(64);
        String second = "b".repeat(64);

        assertThat(keys().addFirst(first, "first", Instant.EPOCH)).isTrue();
        assertThat(keys().addFirst(second, "second", Instant.EPOCH)).isFalse();
        assertThat(keys().contains(first)).isTrue();
        assertThat(keys().contains(second)).isFalse();
    }
}
