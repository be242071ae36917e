package dev.rollcall.http.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.http.Call;
import dev.rollcall.http.api.EnrollResource;
import dev.rollcall.http.api.IdentifyResource;
import dev.rollcall.http.api.PinMarkResource;
import dev.rollcall.http.api.RecognizeResource;
import dev.rollcall.outcome.Code;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the pages: what they refer to is there, and nothing in them needs more than their policy allows. */
class PagesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("..", "web");
    private static final PageFiles FILES = new PageFiles();

    private static final Pattern REFERENCE = Pattern.compile("(?:src|href|from|import)[=( ]+['\"]([./][^'\"#]*)");
    private static final Pattern SCREEN = Pattern.compile("file: ?['\"]([a-z]+\\.js)|file=\"([a-z]+\\.js)\"");
    private static final Pattern ICON =
            Pattern.compile("(?:\\bicon=\"|<\\$\\{Icon\\} name=\"|\\bicon: ')([a-z0-9-]+)[\"']");
    private static final Pattern WHOLE_KEY = Pattern.compile("\\bt\\((?:[^'`()]*\\? )?'([^']+)'(?: : '([^']+)')?");
    private static final Pattern BEGINNING_OF_KEY = Pattern.compile("\\bt\\(`([^`$]+)\\$\\{");
    private static final Pattern VALUE = Pattern.compile("\\{(\\w+)\\}");

    @Test
    void everyAddressInAFile_isThatOfAFile() throws IOException {
        for (Path source : sources()) {
            for (MatchResult reference :
                    REFERENCE.matcher(Files.readString(source)).results().toList()) {
                assertThat(isThere(source, reference.group(1)))
                        .as(source + " refers to " + reference.group(1))
                        .isTrue();
            }
        }
    }

    private static boolean isThere(Path source, String address) {
        if (address.startsWith("/web/")) {
            return address.endsWith("/")
                    || FILES.find(address.substring("/web/".length())).isPresent();
        }
        return address.startsWith("/v1/")
                || address.equals("/admin")
                || address.equals("/kiosk")
                || address.startsWith("/trust")
                || FILES.find(FOLDER.relativize(source.resolveSibling(address).normalize())
                                .toString())
                        .isPresent();
    }

    @Test
    void everyScreen_hasItsFile() throws IOException {
        List<String> screens = SCREEN.matcher(Files.readString(FOLDER.resolve("admin/main.js")))
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toList();

        assertThat(screens).hasSizeGreaterThan(8).allSatisfy(file -> assertThat(FILES.find("admin/" + file))
                .isPresent());
    }

    @Test
    void everyIcon_isInTheSprite() throws IOException {
        String sprite = text("shared/icons.svg");
        Set<String> used = new TreeSet<>();
        for (Path source : sources()) {
            ICON.matcher(Files.readString(source)).results().forEach(icon -> used.add(icon.group(1)));
        }

        assertThat(used).hasSizeGreaterThan(20).allSatisfy(icon -> assertThat(sprite)
                .contains("<symbol id=\"" + icon + "\" viewBox=\"0 0 24 24\">"));
        assertThat(sprite).doesNotContain("<script", "stroke-width", "class=");
    }

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

    @Test
    void filesOfThePages_haveNoMarkupFromTextAndNothingOfOtherHosts() throws IOException {
        for (Path source : sources()) {
            assertThat(Files.readString(source))
                    .as(source.toString())
                    .doesNotContain("innerHTML", "eval(", "new Function", "document.write", "http://", " style=\"")
                    .doesNotContainPattern("https://(?!www\\.w3\\.org|\\$\\{)")
                    .doesNotContainPattern("<script(?![^>]*src=)")
                    .doesNotContainPattern("\\son[a-z]+=\"");
        }
    }

    @Test
    void adminFiles_areSmallEnoughForAPhone() {
        assertThat(weight(Stream.of(
                        "admin/index.html",
                        "admin/main.js",
                        "admin/admin.css",
                        "admin/overview.js",
                        "admin/attendance.js",
                        "shared/tokens.css",
                        "shared/base.css",
                        "shared/preact.js",
                        "shared/messages.js",
                        "shared/api.js",
                        "shared/pause.js",
                        "shared/format.js",
                        "shared/parts.js",
                        "shared/panels.js",
                        "shared/save.js",
                        "shared/icons.svg",
                        "lang/en.json",
                        "lang/es.json",
                        "lang/admin.en.json",
                        "lang/admin.es.json")))
                .isLessThan(80_000);
    }

    @Test
    void kioskFiles_areSmallEnoughForASlowTablet() throws IOException {
        Stream<String> shared = Stream.of(
                        "tokens.css", "base.css", "preact.js", "messages.js", "api.js", "format.js", "pause.js")
                .map(name -> "shared/" + name);
        Stream<String> others =
                Stream.of("shared/parts.js", "shared/charts.js", "shared/icons.svg", "lang/en.json", "lang/es.json");
        try (Stream<Path> own = Files.list(FOLDER.resolve("kiosk"))) {
            Stream<String> files = own.map(path -> "kiosk/" + path.getFileName());

            assertThat(weight(Stream.of(shared, others, files).flatMap(names -> names)))
                    .isLessThan(80_000);
        }
    }

    private static long weight(Stream<String> names) {
        return names.mapToLong(name -> FILES.find(name).orElseThrow().bytes(true).length)
                .sum();
    }

    /** Browsers offer to install a page with a manifest that names its start and icons of these sizes. */
    @ParameterizedTest
    @ValueSource(strings = {"kiosk", "me"})
    void manifest_namesItsStartAndItsIcons(String page) throws IOException {
        JsonNode manifest = JSON.readTree(text(page + "/" + page + ".webmanifest"));

        assertThat(manifest.path("start_url").asText()).isEqualTo("/" + page);
        for (JsonNode icon : manifest.path("icons")) {
            PageFile file = FILES.find(icon.path("src").asText().substring("/web/".length()))
                    .orElseThrow();
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file.bytes(false)));
            assertThat(file.type()).isEqualTo("image/png");
            assertThat(picture.getWidth() + "x" + picture.getHeight())
                    .isEqualTo(icon.path("sizes").asText());
        }
        assertThat(manifest.path("icons").findValuesAsText("sizes")).containsExactly("192x192", "512x512");
    }

    @Test
    void fileAndItsCompressedCopy_haveDifferentTags() {
        PageFile file = FILES.find("shared/base.css").orElseThrow();

        assertAll(
                () -> assertThat(file.tag(true)).isNotEqualTo(file.tag(false)),
                () -> assertThat(file.tag(false)).hasSize(16),
                () -> assertThat(file.bytes(true).length).isLessThan(file.bytes(false).length / 2));
    }

    @Test
    void namesOutsideOfTheFolder_areNoFiles() {
        assertThat(Stream.of("", "admin", "../docs/openapi.json", "admin/../lang/en.json", "icons.txt")
                        .map(FILES::find))
                .allMatch(file -> file.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br, gzip", "gzip;q=0.5", "deflate, gzip; q=1.0"})
    void clientsThatListGzip_acceptIt(String header) {
        assertThat(PagesResource.acceptsGzip(List.of(header))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "br", "gzip;q=0", "gzip; q=0.0", "x-gzipped"})
    void otherClients_doNot(String header) {
        assertThat(PagesResource.acceptsGzip(List.of(header))).isFalse();
        assertThat(PagesResource.acceptsGzip(null)).isFalse();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> walk = Files.walk(FOLDER)) {
            return walk.filter(path -> path.toString().matches(".*\\.(js|html|css)"))
                    .toList();
        }
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

    private static String text(String name) {
        return new String(FILES.find(name).orElseThrow().bytes(false), StandardCharsets.UTF_8);
    }
}
