package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of a kiosk that is loaded while the service can't be reached, and after its version has changed. */
class KioskWorkerIT extends KioskFixture {

    private static final String WORKER = "/web/kiosk/worker.js";
    private static final String TEXTS = "/web/lang/en.json";
    private static final String LOOK = "Look at the camera";

    private Front front;

    @BeforeAll
    static void allowWorkers() {
        browser.withServiceWorkers();
    }

    @BeforeEach
    void connect() throws Exception {
        front = new Front(service.address());
    }

    @AfterEach
    void disconnect() {
        front.close();
    }

    private KioskPage paired() throws Exception {
        KioskPage kiosk = KioskPage.open(front.address(), browser, 800, 1280, ColorScheme.LIGHT);
        kiosk.pair(service, BUSY);
        awaitKept(kiosk, LOOK);
        return kiosk;
    }

    /** Waits until the browser has kept the whole page with a sentence, and nothing else. */
    private static void awaitKept(KioskPage kiosk, String sentence) {
        awaitTrue(kiosk, """
            async (sentence) => {
              const names = await caches.keys();
              if (names.length !== 1) return false;
              const cache = await caches.open(names[0]);
              const text = await (await cache.match('/web/lang/en.json'))?.text();
              return Boolean(await cache.match('/kiosk')) && Boolean(text) && text.includes(`"${sentence}"`);
            }""", sentence);
    }

    private static void awaitTrue(KioskPage kiosk, String script, @Nullable Object value) {
        for (int i = 0; i < 100; i++) {
            if (kiosk.page().evaluate(script, value).equals(true)) {
                return;
            }
            kiosk.page().waitForTimeout(200);
        }
        throw new AssertionError("never true: " + script);
    }

    @Test
    void pageThatIsLoadedWhileTheServiceIsAway_keepsCaptures() throws Exception {
        KioskPage kiosk = paired();
        int before = service.marksOf("pierre").size();
        front.setAway(true);
        kiosk.page().reload();
        assertThat(kiosk.page().locator(".status")).hasText("No connection");
        assertThat(kiosk.page().locator(".bar__site")).hasText("Busy gate");
        kiosk.page().locator(".lang select").selectOption("Español");
        assertThat(kiosk.headline()).containsText("Mire a la cámara y pulse");
        kiosk.page().locator(".lang select").selectOption("English");
        kiosk.shows("pierre");
        kiosk.page().waitForTimeout(400);
        kiosk.button("Keep my entry").click();
        assertThat(kiosk.headline()).hasText("Kept for later");
        kiosk.shows("nobody");
        front.setAway(false);

        assertThat(kiosk.page().locator(".status")).hasText("Ready");
        assertThat(kiosk.waiting()).hasCount(0);
        assertThat(service.marksOf("pierre")).hasSize(before + 1);
        kiosk.close();
    }

    @Test
    void pageOfAPhone_isShownWhileTheServiceIsAwayToo() throws Exception {
        String link = service.postJson(
                        "/v1/people/felipe/phone-link",
                        Map.of("origin", "http://" + front.address().getAuthority()))
                .body()
                .path("url")
                .asText();
        KioskPage phone = KioskPage.at(link, browser, 390, 844, ColorScheme.LIGHT);
        assertThat(phone.headline()).hasText("Felipe Test");
        awaitTrue(phone, "async () => Boolean(await caches.match('/me'))", null);
        front.setAway(true);
        phone.page().reload();

        assertThat(phone.headline()).hasText("Felipe Test");
        assertThat(phone.page().locator(".note").first()).containsText("There’s no connection");
        phone.close();
    }

    @Test
    void answersOfTheApi_areNeverKept() throws Exception {
        KioskPage kiosk = paired();

        List<String> kept = strings(kiosk.page().evaluate("""
            async () => {
              const [name] = await caches.keys();
              return (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname);
            }"""));

        assertThat(kept).contains("/kiosk", WORKER.replace("worker", "kiosk"), TEXTS, "/web/lang/de.json");
        assertThat(kept).allMatch(path -> path.equals("/kiosk") || path.startsWith("/web/"));
        kiosk.close();
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }

    @Test
    void pageOfAnotherVersion_isShownAtOnceAndKeptInPlaceOfTheOne() throws Exception {
        KioskPage kiosk = paired();
        front.change(TEXTS, text -> text.replace("\"" + LOOK + "\"", "\"Look here\""));
        kiosk.page().reload();
        assertThat(kiosk.headline()).hasText("Look here");
        awaitKept(kiosk, "Look here");
        front.setAway(true);
        kiosk.page().reload();
        kiosk.page().evaluate("window.dispatchEvent(new Event('focus'))");
        assertThat(kiosk.page().locator(".status")).hasText("No connection");
        front.setAway(false);

        assertThat(kiosk.headline()).hasText("Look here");
        kiosk.close();
    }

    @Test
    void keptPageOfAnotherVersion_isLoadedAgainWhenTheServiceIsBack() throws Exception {
        KioskPage kiosk = paired();
        front.setAway(true);
        kiosk.page().reload();
        assertThat(kiosk.page().locator(".status")).hasText("No connection");
        front.change("/v1/kiosk", text -> text.replaceAll("\"version\":\"[^\"]*\"", "\"version\":\"99\""));
        front.change(TEXTS, text -> text.replace("\"" + LOOK + "\"", "\"Look here\""));
        front.setAway(false);

        assertThat(kiosk.headline()).hasText("Look here");
        kiosk.close();
    }

    @Test
    void versionWithoutAWorker_endsTheOneThatIsThere() throws Exception {
        KioskPage kiosk = paired();
        front.remove(WORKER);
        front.change("/web/kiosk/main.js", text -> text.replaceAll("(?m)^.*keepPage.*$", ""));
        kiosk.page().reload();

        awaitTrue(kiosk, """
            async () => (await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).length === 0""", null);
        kiosk.page().reload();
        assertThat(kiosk.headline()).hasText(LOOK);
        kiosk.close();
    }

    @Test
    void page_canBeInstalled() throws Exception {
        KioskPage kiosk = paired();

        JsonObject errors = kiosk.page().context().newCDPSession(kiosk.page()).send("Page.getInstallabilityErrors");

        // A context of a test is a private one, in which nothing can be installed.
        assertThat(errors.getAsJsonArray("installabilityErrors").asList().stream()
                        .map(error -> error.getAsJsonObject().get("errorId").getAsString())
                        .filter(error -> !error.equals("in-incognito")))
                .isEmpty();
        kiosk.close();
    }
}
