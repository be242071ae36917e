package dev.rollcall.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {

    private static final Path FOLDER = Path.of("src/main/resources/messages");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w*)\\}");
    private static final int LONGEST = 120;

    static List<Locale> languages() {
        return Messages.languages();
    }

    @Test
    void everyFileOfMessages_isALanguage() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".properties")))
                    .containsExactlyInAnyOrderElementsOf(languages().stream()
                            .map(language -> language.toLanguageTag() + ".properties")
                            .toList());
        }
        assertThat(languages()).startsWith(Locale.ENGLISH).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyCode_hasASentence(Locale language) {
        assertThat(Code.values()).allSatisfy(code -> {
            String sentence = Messages.in(language).about(new Refusal(code, "In English."));
            assertThat(sentence).isNotBlank().doesNotContain("{", "}").hasSizeLessThanOrEqualTo(LONGEST);
        });
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyLanguage_hasTheSameSentences(Locale language) {
        assertThat(Messages.in(language).byKey().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Messages.in(Locale.ENGLISH).byKey().keySet());
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everySentence_belongsToACodeAndHasNoOtherPlaceholderThanItsFact(Locale language) {
        Sentences sentences = Messages.in(language);
        TreeSet<String> known = new TreeSet<>();
        for (Code code : Code.values()) {
            known.addAll(sentences.keys(code));
        }

        assertThat(known).isEqualTo(new TreeSet<>(sentences.byKey().keySet()));
        sentences.byKey().forEach((key, sentence) -> {
            String suffix = key.substring(key.indexOf('.') + 1);
            boolean isOfFact = suffix.equals(suffix.toLowerCase(Locale.ROOT));
            assertThat(PLACEHOLDER.matcher(sentence).results().map(found -> found.group(1)))
                    .as(key)
                    .containsExactlyElementsOf(isOfFact ? List.of(suffix) : List.of());
        });
    }

    @ParameterizedTest
    @CsvSource({"en, 9:04 AM", "de, 09:04", "es, 9:04"})
    void tooSoon_saysWhenItIsPossibleAgainAtTheSite(String language, String time) {
        assertThat(sentence(language, tooSoon("2026-11-22T08:03:12.706280Z", "Europe/Madrid")))
                .contains(time)
                .doesNotContain("{");
        assertThat(sentence(language, tooSoon("2026-11-22T08:04:00Z", "Europe/Madrid")))
                .contains(time);
        assertThat(sentence(language, tooSoon("2026-11-22T09:03:59Z", "Europe/London")))
                .contains(time);
    }

    @Test
    void instantsWithoutTheZoneOrUnreadable_areLeftOut() {
        String plain = sentence("en", new Refusal(Code.TOO_SOON, "Wait."));

        assertThat(sentence("en", tooSoon("2026-11-22T08:03:12Z", ""))).isEqualTo(plain);
        assertThat(sentence("en", tooSoon("2026-11-22T08:03:12Z", "Europe/Atlantis")))
                .isEqualTo(plain);
        assertThat(sentence("en", tooSoon("soon", "Europe/Madrid"))).isEqualTo(plain);
    }

    @Test
    void dailyLimit_saysWhenTheLastMarkWas() {
        List<Map<String, Object>> marks = List.of(
                Map.of("id", 1, "marked_at", "2026-11-22T06:01:59Z"),
                Map.of("id", 2, "marked_at", "2026-11-22T15:02:59Z"));

        Refusal refusal = new Refusal(
                Code.DAILY_LIMIT_REACHED, "All made.", Map.of("marks", marks, "time_zone", "Europe/Berlin"));

        assertThat(sentence("de", refusal)).contains("um 16:02 Uhr");
        assertThat(sentence(
                        "de",
                        new Refusal(
                                Code.DAILY_LIMIT_REACHED,
                                "All made.",
                                Map.of("marks", List.of(), "time_zone", "Europe/Berlin"))))
                .doesNotContain("{", "Uhr");
    }

    @Test
    void reasonOfLowQuality_hasItsOwnSentence() {
        Refusal dark = new Refusal(Code.LOW_QUALITY, "Dark.", Map.of("reason", "TOO_DARK", "face_luminance", 21.4));
        Refusal other = new Refusal(Code.LOW_QUALITY, "Other.", Map.of("reason", "SOMETHING_NEW"));

        assertThat(sentence("es", dark)).startsWith("Está demasiado oscuro");
        assertThat(sentence("es", other)).isEqualTo(sentence("es", new Refusal(Code.LOW_QUALITY, "Other.")));
    }

    @Test
    void numbersAndSizes_areWrittenAsTheLanguageDoes() {
        assertThat(sentence("de", new Refusal(Code.RATE_LIMITED, "Wait.", Map.of("retry_after_s", 1200L))))
                .contains("in 1.200 s");
        assertThat(sentence("en", RefusedException.tooLarge(10_732_204).refusal()))
                .contains("up to 10 MB.");
        assertThat(sentence("en", RefusedException.tooLarge(16_384).refusal())).contains("up to 16 kB.");
    }

    @Test
    void textOfAClient_isNotReadAsPlaceholder() {
        Refusal refusal = RefusedException.invalid("{field}$1\\", "unknown").refusal();

        assertThat(sentence("en", refusal)).isEqualTo("Please check this entry: {field}$1\\");
    }

    @Test
    void language_isThatOfAllAcceptLanguageHeaders() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Accept-Language", "fr")
                .add("Accept-Language", "es-MX;q=0.7, en;q=0.1");

        Messages.Message message = Messages.about(new Refusal(Code.NO_FACE, "No face."), headers);

        assertThat(message.language()).isEqualTo("es");
        assertThat(message.text()).isEqualTo("Colóquese delante de la cámara, por favor.");
    }

    private static Refusal tooSoon(String nextAllowedAt, String zone) {
        return new Refusal(Code.TOO_SOON, "Wait.", Map.of("next_allowed_at", nextAllowedAt, "time_zone", zone));
    }

    /** With plain spaces, since the space before AM depends on the JDK. */
    private static String sentence(String language, Refusal refusal) {
        return Messages.in(Locale.forLanguageTag(language)).about(refusal).replace('\u202f', ' ');
    }
}
