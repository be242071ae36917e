package dev.rollcall.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedLanguagesTest {

    private static final List<Locale> LANGUAGES =
            List.of(Locale.ENGLISH, Locale.GERMAN, Locale.forLanguageTag("es"), Locale.forLanguageTag("pt-BR"));

    private static final String CHARACTERS = "esdn*-;=q0.1, \t_é\u0000\u2028";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "es | es",
                "ES | es",
                "es-MX | es",
                "es-MX,en;q=0.5 | es",
                "es-419-x-own | es",
                "es_MX | es",
                "pt-BR | pt-BR",
                "pt-BR-x-own | pt-BR",
                "pt | en",
                "fr | en",
                "fr, de;q=0.2 | de",
                "de;q=0.4, es;q=0.6 | es",
                "de;q=0.6,es;q=0.6 | de",
                "de;q=0, es;q=0.1 | es",
                "de;q=0 | en",
                "* | en",
                "fr, * | en",
                "*, de | en",
                "*;q=0.1, de | de",
                "en;q=0.1, * | de",
                "en;q=0, * | de",
                "en;q=0, de;q=0, * | es",
                "*;q=0 | en",
            })
    void bestLanguage_isThatOfTheGreatestWeight(String header, String language) {
        assertThat(AcceptedLanguages.best(header, LANGUAGES).toLanguageTag()).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ",", ";", "es;q=2", "es;q=x", "=", "es es", "-", "\u00e9s", "toolongtobeatag", "q=1;es"
            })
    void headerThatCannotBeRead_isNoPreference(String header) {
        assertThat(AcceptedLanguages.best(header, LANGUAGES)).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void longHeader_isIgnored() {
        String longest = "es" + ",fr".repeat((AcceptedLanguages.LONGEST - 2) / 3);

        assertThat(AcceptedLanguages.best(longest, LANGUAGES)).isEqualTo(Locale.forLanguageTag("es"));
        assertThat(AcceptedLanguages.best(longest + ",fr", LANGUAGES)).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void anyHeader_hasALanguage() {
        Random random = new Random(16);
        for (int i = 0; i < 20_000; i++) {
            String header = random.ints(random.nextInt(24), 0, CHARACTERS.length())
                    .mapToObj(at -> CHARACTERS.substring(at, at + 1))
                    .reduce("", String::concat);

            assertThat(LANGUAGES).as(header).contains(AcceptedLanguages.best(header, LANGUAGES));
        }
    }
}
