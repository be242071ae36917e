package dev.rollcall.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.http.problem.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

    @Test
    void requiredTags_areTheStrongOnes() {
        assertThat(EntityTags.required(" * ")).isEmpty();
        assertThat(EntityTags.required("\"a\"")).containsExactly("a");
        assertThat(EntityTags.required(", \"a\" ,,\"b,c\",")).containsExactlyInAnyOrder("a", "b,c");
        assertThat(EntityTags.required("W/\"a\"")).isNotEmpty().doesNotContain("a");
        assertThat(EntityTags.required("\"\"")).containsExactly("");
    }

    @Test
    void knownTag_mayBeWeak() {
        assertThat(EntityTags.isKnown(null, "a")).isFalse();
        assertThat(EntityTags.isKnown("*", "a")).isTrue();
        assertThat(EntityTags.isKnown("W/\"a\"", "a")).isTrue();
        assertThat(EntityTags.isKnown("\"b\", \"a\"", "a")).isTrue();
        assertThat(EntityTags.isKnown("\"b\"", "a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\"a", "\"a\" \"b\"", "\"a\", b", "w/\"a\"", "\"a\"*", "*, \"a\"", "\"\u00e9\""})
    void textsThatAreNoTags_areRefused(String header) {
        assertThatThrownBy(() -> EntityTags.required(header))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("If-Match");
        assertThatThrownBy(() -> EntityTags.isKnown(header, "a")).hasMessageContaining("If-None-Match");
    }

    @Test
    void longHeader_isRefused() {
        assertThatThrownBy(() -> EntityTags.required("\"a\"" + ",".repeat(1000)))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> EntityTags.required("\"a\"" + ",".repeat(900) + "x"))
                .isInstanceOf(RefusedException.class);
    }
}
