package dev.rollcall.http.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the pages: what they refer to is there, and nothing in them needs more than their policy allows. */
class PagesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final Path FOLDER = Path.of("..", "web");
    private static final PageFiles FILES = new PageFiles();

    private static final Pattern REFERENCE = Pattern.compile("(?:src|href|from|import)[=( ]+['\"]([./][^'\"#]*)");
    private static final Pattern SCREEN = Pattern.compile("file: ?['\"]([a-z]+\\.js)|file=\"([a-z]+\\.js)\"");
    private static final Pattern ICON =
            Pattern.compile("(?:\\bicon=\"|<\\$\\{Icon\\} name=\"|\\bicon: ')([a-z0-9-]+)[\"']");

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

    static List<Path> sources() throws IOException {
        try (Stream<Path> walk = Files.walk(FOLDER)) {
            return walk.filter(path -> path.toString().matches(".*\\.(js|html|css)"))
                    .toList();
        }
    }

    static String text(String name) {
        return new String(FILES.find(name).orElseThrow().bytes(false), StandardCharsets.UTF_8);
    }
}
