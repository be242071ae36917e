package dev.rollcall.http.pages;

import static dev.rollcall.http.pages.PagesTest.FOLDER;
import static dev.rollcall.http.pages.PagesTest.sources;
import static dev.rollcall.http.pages.PagesTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.http.Call;
import dev.rollcall.http.api.EnrollResource;
import dev.rollcall.http.api.IdentifyResource;
import dev.rollcall.http.api.PinMarkResource;
import dev.rollcall.http.api.RecognizeResource;
import dev.rollcall.outcome.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sentences of the pages: each that is used is there, once, and in every language. */
class PageSentencesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern WHOLE_KEY = Pattern.compile("\\bt\\((?:[^'`()]*\\? )?'([^']+)'(?: : '([^']+)')?");
    private static final Pattern BEGINNING_OF_KEY = Pattern.compile("\\bt\\(`([^`$]+)\\$\\{");
    private static final Pattern VALUE = Pattern.compile("\\{(\\w+)\\}");

    @ParameterizedTest
    @CsvSource({"kiosk, ''", "me, ''", "admin, admin.", "shared, admin.", "trust, trust."})
    void everySentenceThatIsUsed_isInAFileThatThePageLoads(String folder, String file) throws IOException {
        List<String> keys = keys(messages("en"));
        if (!file.isEmpty()) {
            keys.addAll(keys(messages(file + "en")));
        }
        for (Path source : sources()) {
            if (!source.startsWith(FOLDER.resolve(folder))) {
                continue;
            }
            String text = Files.readString(source);
            for (MatchResult match : WHOLE_KEY.matcher(text).results().toList()) {
                assertThat(keys).as("in " + source).contains(match.group(1));
                if (match.group(2) != null) {
                    assertThat(keys).as("in " + source).contains(match.group(2));
                }
            }
            for (MatchResult match : BEGINNING_OF_KEY.matcher(text).results().toList()) {
                assertThat(keys).as("in " + source).anyMatch(key -> key.startsWith(match.group(1)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "admin.", "trust."})
    void everyLanguage_hasEverySentenceWithTheSameValues(String file) throws IOException {
        JsonNode english = messages(file + "en");
        for (String code : keys(messages("languages"))) {
            JsonNode other = messages(file + code);
            assertThat(keys(other)).as(code).containsExactlyInAnyOrderElementsOf(keys(english));
            for (String key : keys(english)) {
                assertThat(values(other.get(key))).as(code + " " + key).isEqualTo(values(english.get(key)));
                assertThat(other.get(key).isObject())
                        .as(code + " " + key)
                        .isEqualTo(english.get(key).isObject());
            }
        }
    }

    @Test
    void everySentence_isInOneFile() throws IOException {
        List<String> keys = new ArrayList<>();
        for (String file : List.of("en", "admin.en", "trust.en")) {
            keys.addAll(keys(messages(file)));
        }

        assertThat(keys).doesNotHaveDuplicates();
    }

    /** What the calls refuse whose refusals are written to the audit log, except what is found out before the people are looked at. */
    @Test
    void everyCodeOfTheRefusedList_hasASentenceAndCanBeChosen() throws IOException {
        Set<Code> codes = EnumSet.of(Code.RATE_LIMITED);
        for (Class<?> resource :
                List.of(RecognizeResource.class, IdentifyResource.class, PinMarkResource.class, EnrollResource.class)) {
            Stream.of(resource.getDeclaredMethods())
                    .map(method -> method.getAnnotation(Call.class))
                    .filter(Objects::nonNull)
                    .forEach(call -> codes.addAll(List.of(call.refuses())));
        }
        codes.removeAll(EnumSet.of(Code.REQUEST_TIMEOUT, Code.IDEMPOTENCY_KEY_REUSED, Code.GALLERY_LOADING));
        String screen = text("admin/refused.js");
        String offered = screen.substring(screen.indexOf("const CODES"), screen.indexOf("];"));

        assertThat(Pattern.compile("'([A-Z_]+)'").matcher(offered).results().map(match -> match.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        codes.stream().map(Code::name).toList());
        assertThat(keys(messages("admin.en")))
                .containsAll(codes.stream().map(code -> "refused.code." + code).toList());
    }

    private static Set<String> values(JsonNode sentence) {
        return VALUE.matcher(sentence.isObject() ? sentence.path("other").asText() : sentence.asText())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static JsonNode messages(String name) throws IOException {
        return JSON.readTree(text("lang/" + name + ".json"));
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
                .forEach(keys::add);
        return keys;
    }
}
