package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every sentence of the table that a kiosk can show, seen once in the browser: by a picture of the camera where one can provoke it, otherwise
 * by an answer that takes the place of the service's. Writes {@code target/kiosk-messages.md}, which says how.
 */
class KioskMessagesIT extends KioskFixture {

    private static final Path ATTACK = Path.of("../../shared/attacks/spoof/minivision/F1.jpg");

    private static final String PICTURE = "picture of the camera";
    private static final String ROUTED = "answer in place of the service's";

    /** Sentences that other tests of the kiosk provoke, and how. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("kiosk.no.NOT_RECOGNIZED", "KioskMarksIT: a stranger's portrait"),
            Map.entry("kiosk.no.NOT_MATCHED", "KioskMarksIT: somebody else's number"),
            Map.entry("kiosk.no.NOT_ENROLLED", "KioskMarksIT: a number that nobody has"),
            Map.entry("kiosk.no.TOO_SOON", "KioskMarksIT: a second mark within a minute"),
            Map.entry("kiosk.no.DAILY_LIMIT_REACHED", "KioskMarksIT: a third mark at two a day"),
            Map.entry("kiosk.no.BADGE_INVALID", "KioskWaysIT: a badge that was replaced"),
            Map.entry("kiosk.no.BADGE_REQUIRED", "KioskWaysIT: a face without a badge where one is needed"),
            Map.entry("kiosk.no.PIN_INVALID", "KioskWaysIT: a wrong PIN"),
            Map.entry("kiosk.no.OFFLINE_PIN", "KioskWaysIT: a PIN without a connection"),
            Map.entry("kiosk.no.NOT_ME", "KioskMarksIT: a press on “That isn’t me”"),
            Map.entry("kiosk.no.FULL", "KioskOfflineIT: 500 entries, and a browser without room"),
            Map.entry("kiosk.no.NOT_SENT", "KioskTurnsIT: a connection that breaks at the mark"),
            Map.entry("kiosk.no.CHALLENGE_FAILED", "KioskTurnsIT: a film of another direction"),
            Map.entry("kiosk.failed.WRONG_DIRECTION", "KioskTurnsIT: a film of another direction"),
            Map.entry("kiosk.failed.TOO_SLOW", "KioskTurnsIT: a film of somebody who looks straight"));

    private static final Map<String, String> SEEN = new TreeMap<>(ELSEWHERE);

    private static JsonNode sentences;

    @BeforeAll
    static void read() throws Exception {
        sentences = new ObjectMapper()
                .readTree(Path.of("..", "web", "lang", "en.json").toFile());
        assertThat(service.postJson(
                                "/v1/sites", Map.of("site", "watched", "name", "Watched gate", "liveness", "enforce"))
                        .status())
                .isEqualTo(201);
        assertThat(service.postJson("/v1/sites", Map.of("site", "closed", "name", "Old gate"))
                        .status())
                .isEqualTo(201);
    }

    @AfterAll
    static void everySentence_wasSeen() throws Exception {
        List<String> lines = new ArrayList<>(List.of("| sentence | text | provoked by |", "|---|---|---|"));
        SEEN.forEach((key, how) -> lines.add("| %s | %s | %s |".formatted(key, text(key), how)));
        Files.write(Path.of("target", "kiosk-messages.md"), lines);
        List<String> all = new ArrayList<>();
        sentences.fieldNames().forEachRemaining(all::add);
        assertThat(SEEN.keySet())
                .containsAll(all.stream()
                        .filter(key -> key.matches("kiosk\\.(hint|no|failed)\\.(?!PHONE_)[A-Z_]+"))
                        .toList());
    }

    private static String text(String key) {
        return sentences.path(key).asText();
    }

    @Test
    void pictures_haveTheirHints() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        Map<String, String> paintings = new TreeMap<>(Map.of(
                "NO_FACE", "context.fillRect(frame * 37 % 900, 0, 400, 720);",
                "MULTIPLE_FACES", face("geronimo", -20, 60, 600) + face("manuel", 460, 60, 600),
                "FACE_TOO_SMALL",
                        "context.translate(40 * Math.floor(frame / 15 % 8), 0);" + face("geronimo", 250, 300, 210)
                                + "context.resetTransform();",
                "FACE_CUT_OFF", face("elizabeth", -459, 0, 1100),
                "BLURRED", "context.filter = 'blur(9px)';" + face("geronimo", 200, 10, 700),
                "TOO_DARK", "context.filter = 'brightness(.12)';" + face("geronimo", 200, 10, 700),
                "TOO_BRIGHT", "context.filter = 'brightness(5)';" + face("geronimo", 200, 10, 700)));
        for (Map.Entry<String, String> one : paintings.entrySet()) {
            kiosk.paints(
                    "context.filter = 'none'; context.fillStyle = '#9aa5a8'; context.fillRect(0, 0, 960, 720); context.fillStyle = '#445';"
                            + one.getValue());
            assertThat(kiosk.page().locator(".hint")).hasText(text("kiosk.hint." + one.getKey()));
            SEEN.put("kiosk.hint." + one.getKey(), PICTURE);
        }
        kiosk.close();
    }

    private static String face(String name, int x, int y, int height) {
        return ("{ const picture = pictures.%s; const width = %d * picture.naturalWidth / picture.naturalHeight;"
                        + " context.drawImage(picture, %d + frame %% 3, %d, width, %d); }")
                .formatted(name, height, x, y, height);
    }

    @Test
    void otherHints_areShownAsTheServiceGivesThem() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        kiosk.shows("geronimo");
        for (String hint : List.of("FACE_TURNED_AWAY", "BACKLIT", "EYES_COVERED", "MOUTH_COVERED", "FACE_UNCLEAR")) {
            kiosk.page()
                    .route(
                            "**/v1/hints*",
                            json(
                                    200,
                                    "{\"face\":{\"x\":1,\"y\":1,\"width\":9,\"height\":9},\"ready\":false,\"hint\":\"%s\"}"
                                            .formatted(hint)));
            assertThat(kiosk.page().locator(".hint")).hasText(text("kiosk.hint." + hint));
            kiosk.page().unroute("**/v1/hints*");
            SEEN.put("kiosk.hint." + hint, ROUTED);
        }
        kiosk.close();
    }

    @Test
    void refusals_areSaidInWords() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        for (String code : List.of(
                "AMBIGUOUS",
                "SPOOF_SUSPECTED",
                "RATE_LIMITED",
                "DIFFERENT_FACES",
                "INVALID_IMAGE",
                "INVALID_REQUEST",
                "NUMBER_REQUIRED",
                "PIN_NOT_ALLOWED",
                "OUTSIDE_SITE",
                "CHALLENGE_REQUIRED",
                "CHALLENGE_EXPIRED",
                "INTERNAL")) {
            refused(kiosk, "kiosk.no." + code, "{\"code\":\"%s\",\"retry_after_s\":7}".formatted(code), null);
        }
        for (String reason :
                List.of("TOO_EARLY", "INTERRUPTED", "FACE_JUMPED", "DIFFERENT_FACE", "NOT_ALIVE", "TOO_MANY_FRAMES")) {
            refused(
                    kiosk,
                    "kiosk.no.CHALLENGE_FAILED",
                    "{\"code\":\"CHALLENGE_FAILED\",\"reason\":\"%s\"}".formatted(reason),
                    "kiosk.failed." + reason);
            SEEN.put("kiosk.failed." + reason, ROUTED);
        }
        kiosk.close();
    }

    private static void refused(KioskPage kiosk, String key, String problem, @Nullable String why) {
        kiosk.page().route("**/identify", json(403, problem));
        kiosk.shows("geronimo");
        assertThat(kiosk.headline()).hasText(text(key));
        if (why != null) {
            assertThat(kiosk.page().locator(".words p")).hasText(text(why));
        }
        SEEN.putIfAbsent(key, ROUTED);
        kiosk.shows("nobody");
        kiosk.headline().click();
        kiosk.page().unroute("**/identify");
        kiosk.page().waitForTimeout(1800);
    }

    @Test
    void undoThatFails_isSaidSo() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        for (String code : List.of("UNDO_TOO_LATE", "OFFLINE")) {
            kiosk.page()
                    .route(
                            "**/undo",
                            code.equals("OFFLINE") ? Route::abort : json(409, "{\"code\":\"%s\"}".formatted(code)));
            kiosk.shows("pierre");
            kiosk.button("That isn’t me").click();
            assertThat(kiosk.headline()).hasText(text("kiosk.no." + code));
            SEEN.put("kiosk.no." + code, ROUTED);
            kiosk.page().unroute("**/undo");
            kiosk.shows("nobody");
            kiosk.page().waitForTimeout(3000);
        }
        kiosk.close();
    }

    @Test
    void photoOfAPhoto_isNotMarkedWhereLivenessIsEnforced() throws Exception {
        assumeThat(ATTACK).exists();
        byte[] photo = Files.readAllBytes(ATTACK);
        assertThat(service.enroll("photographed", photo).status()).isEqualTo(201);
        KioskPage kiosk = KioskPage.paired(service, browser, "watched");
        kiosk.page().evaluate("""
            async (data) => {
              const image = new Image();
              image.src = 'data:image/jpeg;base64,' + data;
              await image.decode();
              window.pictures.attack = image;
            }""", RunningService.base64(photo));
        kiosk.shows("attack");

        assertThat(kiosk.headline()).hasText(text("kiosk.no.SPOOF_SUSPECTED"));
        SEEN.put("kiosk.no.SPOOF_SUSPECTED", "photo of a photo before the camera, at a site that enforces liveness");
        kiosk.shows("nobody");
        assertThat(service.marksOf("photographed")).isEmpty();
        kiosk.close();
    }

    @Test
    void states_areSaidInWords() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, "closed");
        service.send(HttpRequest.newBuilder(service.address().resolve("/v1/sites/closed"))
                .header("X-API-Key", RunningService.KEY)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"active\":false}")));
        kiosk.page().evaluate("window.dispatchEvent(new Event('focus'))");
        assertThat(kiosk.headline()).hasText(text("kiosk.closed"));
        SEEN.put("kiosk.closed", "a site that was switched off");
        kiosk.close();

        for (Map.Entry<String, String> one :
                Map.of("denied", "NotAllowedError", "missing", "NotFoundError").entrySet()) {
            KioskPage blind = KioskPage.open(
                    service.address(),
                    browser,
                    800,
                    1280,
                    ColorScheme.LIGHT,
                    "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', '%s'); };"
                            .formatted(one.getValue()));
            blind.page().getByLabel("The six characters").fill(code());
            blind.button("Pair").click();
            assertThat(blind.headline()).hasText(text("kiosk.camera." + one.getKey()));
            SEEN.put("kiosk.camera." + one.getKey(), "a browser without a camera (" + one.getValue() + ")");
            blind.close();
        }
        for (Map.Entry<String, String> one : Map.of(
                        "kiosk.camera.insecure", "Object.defineProperty(window, 'isSecureContext', { value: false });",
                        "kiosk.no_storage",
                                "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };")
                .entrySet()) {
            KioskPage bare = KioskPage.open(service.address(), browser, 800, 1280, ColorScheme.LIGHT, one.getValue());
            assertThat(bare.headline()).hasText(text(one.getKey()));
            SEEN.put(one.getKey(), "a browser that says so");
            bare.close();
        }
    }

    private static String code() throws Exception {
        return service.postJson("/v1/pairings", Map.of("name", "Gate", "site", BUSY))
                .body()
                .path("code")
                .asText();
    }

    private static Consumer<Route> json(int status, String body) {
        return route -> route.fulfill(new Route.FulfillOptions()
                .setStatus(status)
                .setContentType("application/json")
                .setBody(body));
    }
}
