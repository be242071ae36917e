package dev.rollcall.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {

    @Test
    void namesOfTheWorld_areTakenTrimmed() {
        assertThat(PersonName.parse("  Zoë Ōe-Ngũgĩ  ")).map(PersonName::value).contains("Zoë Ōe-Ngũgĩ");
        assertThat(PersonName.parse("\ufeff\u00a0Zoë\u3000"))
                .map(PersonName::value)
                .contains("Zoë");
        assertThat(PersonName.parse("王秀英 👩‍🔧")).isPresent();
        assertThat(PersonName.parse("می\u200cخواهم"))
                .as("Persian with a non-joiner")
                .isPresent();
        assertThat(PersonName.parse("\u200fמשה\u200f (Moshe)"))
                .as("marks of direction")
                .isPresent();
        assertThat(PersonName.parse("辻\udb40\udd00"))
                .as("a variant of a character")
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "a\nb",
                "a\tb",
                "a\u0000b",
                "\ud800",
                "a\ud800b",
                "a\udc00",
                "a\u2028b",
                "a\u2029b",
                "a\u0085b",
                "a\u001bb",
                "\u200b",
                "\u00a0\u200b\u2003",
                "\u200d",
                "\u2060",
                "\ufe0f",
                "\u034f",
                "\u0301",
                "\u3164",
                "a\u3164b",
                "\u2800",
                "\u115f",
                "a\u00adb",
                "a\ufeffb",
                "a\u202eb",
                "a\u202ab",
                "a\u2066b",
                "a\u2069b",
                "a\ufffeb",
                "a\u200bb",
                "a\udb40\udc41b"
            })
    void blankInvisibleOrUnprintable_isNone(String text) {
        assertThat(PersonName.parse(text)).isEmpty();
    }

    @Test
    void length_isCountedInCharactersAndNotInTheirHalves() {
        assertThat(PersonName.parse("x".repeat(PersonName.MAX_LENGTH))).isPresent();
        assertThat(PersonName.parse("x".repeat(PersonName.MAX_LENGTH + 1))).isEmpty();
        assertThat(PersonName.parse("𠮷".repeat(PersonName.MAX_LENGTH))).isPresent();
        assertThat(PersonName.parse("𠮷".repeat(PersonName.MAX_LENGTH + 1))).isEmpty();
    }

    @Test
    void composedAndDecomposedLetters_areOneName() {
        assertThat(PersonName.parse("Zoe\u0308")).isEqualTo(PersonName.parse("Zo\u00eb"));
        assertThat(PersonName.parse("e\u0308".repeat(PersonName.MAX_LENGTH))).isPresent();
    }

    @Property
    void whatIsTaken_isNormalizedAndTakenAsItIs(@ForAll String text) {
        PersonName.parse(text).ifPresent(name -> {
            assertThat(PersonName.parse(name.value())).contains(name);
            assertThat(name.value()).isEqualTo(Normalizer.normalize(name.value(), Normalizer.Form.NFC));
            assertThat(name.value().lines()).hasSize(1);
        });
    }
}
