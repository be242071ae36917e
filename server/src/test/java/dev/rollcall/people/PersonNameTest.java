package dev.rollcall.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {

    @Test
    void namesOfTheWorld_areTakenTrimmed() {
        assertThat(PersonName.parse("  Zoë Ōe-Ngũgĩ  ")).map(PersonName::value).contains("Zoë Ōe-Ngũgĩ");
        assertThat(PersonName.parse("王秀英 👩‍🔧")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\nb", "a\tb", "a\u0000b", "\ud800"})
    void blankOrUnprintable_isNone(String text) {
        assertThat(PersonName.parse(text)).isEmpty();
    }

    @Test
    void overlong_isNone() {
        assertThat(PersonName.parse("x".repeat(PersonName.MAX_LENGTH))).isPresent();
        assertThat(PersonName.parse("x".repeat(PersonName.MAX_LENGTH + 1))).isEmpty();
    }
}
