package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kiosk without the service: nothing is lost, and nothing is doubled. */
class KioskOfflineIT extends KioskFixture {

    private static final int QUEUED = 200;

    @Test
    void captureWithoutAConnection_isMarkedLaterAtItsTime() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, "default");
        kiosk.shows("geronimo");
        offline(kiosk, true);
        kiosk.button("Keep my entry").click();
        Instant captured = Instant.now();
        assertThat(kiosk.headline()).hasText("Kept for later");
        assertThat(kiosk.waiting()).hasText("1");
        kiosk.shows("nobody");
        kiosk.page().waitForTimeout(3000);
        offline(kiosk, false);

        assertThat(kiosk.waiting()).hasCount(0);
        JsonNode mark = onlyMark("geronimo");
        assertThat(mark.path("source").asText()).isEqualTo("late");
        assertThat(Duration.between(Instant.parse(mark.path("marked_at").asText()), captured)
                        .abs())
                .isLessThan(Duration.ofSeconds(3));
        kiosk.close();
    }

    @Test
    void capturesOfBeforeAReload_areDeliveredInTheirOrder() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        offline(kiosk, true);
        for (String name : List.of("manuel", "frederik", "manuel")) {
            kiosk.shows(name);
            kiosk.page().waitForTimeout(400);
            kiosk.button("Keep my entry").click();
            assertThat(kiosk.headline()).hasText("Kept for later");
            kiosk.headline().click();
        }
        assertThat(kiosk.waiting()).hasText("3");
        kiosk.page().context().setOffline(false);
        kiosk.page().reload();

        assertThat(kiosk.page().locator(".status")).hasText("Ready");
        assertThat(kiosk.waiting()).hasCount(0);
        assertThat(service.marksOf("manuel").stream()
                        .map(mark -> mark.path("direction").asText()))
                .containsExactly("in", "out");
        assertThat(service.marksOf("frederik")).hasSize(1);
        kiosk.close();
    }

    @Test
    void answerThatIsLost_isNoSecondMark() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        kiosk.page().route("**/identify", route -> {
            route.fetch();
            route.abort();
        });
        kiosk.shows("felipe");
        assertThat(kiosk.headline()).hasText("Kept for later");
        kiosk.shows("nobody");
        kiosk.page().unroute("**/identify");

        assertThat(kiosk.waiting()).hasCount(0);
        assertThat(onlyMark("felipe").path("source").asText()).isEqualTo("device");
        kiosk.close();
    }

    @Test
    void requestThatIsCutOff_isMarkedLaterOnce() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        kiosk.page().route("**/identify", Route::abort);
        kiosk.shows("elizabeth");
        assertThat(kiosk.headline()).hasText("Kept for later");
        kiosk.shows("nobody");
        assertThat(kiosk.waiting()).hasText("1");
        kiosk.page().unroute("**/identify");

        assertThat(kiosk.waiting()).hasCount(0);
        assertThat(onlyMark("elizabeth").path("source").asText()).isEqualTo("late");
        kiosk.close();
    }

    @ParameterizedTest
    @CsvSource({
        "astronaut, 200, text/html, <h1>Sign in</h1>",
        "astronaut, 200, application/json, {}",
        "astronaut, 302, text/html, ''",
        "astronaut, 502, text/html, <h1>Bad gateway</h1>",
        "astronaut, 503, application/json, '{\"message\":\"Service Unavailable\"}'",
        "astronaut, 500, application/json, garbage"
    })
    void answerOfSomethingBetween_isNoneOfTheService(String who, int status, String type, String body)
            throws Exception {
        int before = service.marksOf(who).size();
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        Route.FulfillOptions answer = new Route.FulfillOptions()
                .setStatus(status)
                .setHeaders(Map.of("Content-Type", type, "Location", "/kiosk"))
                .setBody(body);
        kiosk.page().route("**/identify", route -> route.fulfill(answer));
        kiosk.page().route("**/v1/kiosk", route -> route.fulfill(answer));
        kiosk.shows(who);
        assertThat(kiosk.headline()).hasText("Kept for later");
        kiosk.page().reload();
        assertThat(kiosk.page().locator(".status")).hasText("No connection");
        assertThat(kiosk.waiting()).hasText("1");
        kiosk.page().unroute("**/v1/kiosk");
        kiosk.page().unroute("**/identify");

        assertThat(kiosk.waiting()).hasCount(0);
        assertThat(service.marksOf(who)).hasSize(before + 1);
        kiosk.close();
    }

    @Test
    void reloadInTheMiddleOfACapture_losesNothing() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        kiosk.page().route("**/identify", route -> {});
        kiosk.shows("pierre");
        assertThat(kiosk.headline()).hasText("One moment, please");
        kiosk.page().waitForTimeout(500);
        kiosk.page().reload();
        assertThat(kiosk.waiting()).hasText("1");
        kiosk.page().unroute("**/identify");

        assertThat(kiosk.waiting()).hasCount(0);
        assertThat(onlyMark("pierre").path("source").asText()).isEqualTo("late");
        kiosk.close();
    }

    @Test
    void fullStore_isSaidSo() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        offline(kiosk, true);
        kiosk.page().evaluate("""
            async () => {
              const opened = indexedDB.open('rollcall-kiosk');
              await new Promise((resolve) => { opened.onsuccess = resolve; });
              const transaction = opened.result.transaction('captures', 'readwrite');
              for (let i = 0; i < 500; i += 1) transaction.objectStore('captures').put({ id: `old-${i}`, at: i, fields: {}, pictures: [] });
              await new Promise((resolve) => { transaction.oncomplete = resolve; });
            }""");
        kiosk.shows("astronaut");
        kiosk.button("Keep my entry").click();

        assertThat(kiosk.headline()).hasText("There’s no room for more entries");
        offline(kiosk, false);
        assertThat(kiosk.waiting()).hasCount(0);
        kiosk.close();
    }

    @Test
    void browserWithoutRoom_isSaidSo() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        offline(kiosk, true);
        kiosk.page().evaluate("""
            () => { IDBObjectStore.prototype.put = () => { throw new DOMException('no room', 'QuotaExceededError'); }; }""");
        kiosk.shows("astronaut");
        kiosk.button("Keep my entry").click();

        assertThat(kiosk.headline()).hasText("There’s no room for more entries");
        assertThat(kiosk.page().locator(".words p"))
                .hasText("Your entry was not kept. Please tell the person in charge.");
        assertThat(kiosk.waiting()).hasCount(0);
        kiosk.close();
    }

    @Test
    void entryThatIsRefusedLater_standsInTheAuditLogWithBothTimes() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        offline(kiosk, true);
        kiosk.shows("william");
        kiosk.page().waitForTimeout(400);
        kiosk.button("Keep my entry").click();
        Instant captured = Instant.now();
        assertThat(kiosk.waiting()).hasText("1");
        kiosk.shows("nobody");
        kiosk.page().waitForTimeout(3000);
        offline(kiosk, false);

        assertThat(kiosk.waiting()).hasCount(0);
        JsonNode refused = service.get("/v1/audit?action=IDENTIFICATION_REFUSED&code=NOT_RECOGNIZED&limit=1")
                .body()
                .at("/items/0");
        Instant kept = Instant.parse(refused.at("/details/captured_at").asText());
        assertThat(Duration.between(kept, captured).abs()).isLessThan(Duration.ofSeconds(3));
        assertThat(Instant.parse(refused.path("at").asText())).isAfter(kept.plusSeconds(2));
        kiosk.close();
    }

    @Test
    void twoHundredEntries_areMarkedOnceEachInTheirOrder() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        offline(kiosk, true);
        kiosk.page().evaluate("""
            async (count) => {
              const { Vault } = await import('/web/kiosk/vault.js');
              const vault = new Vault('rollcall-kiosk');
              await vault.open();
              const picture = await new Promise((resolve) => { window.picture('segoyewatha').toBlob(resolve, 'image/jpeg', 0.85); });
              const start = Date.now() - count * 1000;
              for (let i = 0; i < count; i += 1) {
                await vault.add({ id: `queued-${i}`, at: start + 1000 * i, fields: { user_id: 'segoyewatha' }, frames: [picture] });
              }
            }""", QUEUED);
        kiosk.page().context().setOffline(false);
        kiosk.page().route("**/recognize", Route::abort);
        kiosk.page().reload();
        assertThat(kiosk.waiting()).hasText(String.valueOf(QUEUED));
        kiosk.page().unroute("**/recognize");
        kiosk.page()
                .waitForFunction(
                        "() => Number(document.querySelector('.waiting > span[aria-hidden]')?.textContent ?? 0) < 150");
        offline(kiosk, true);
        kiosk.page().waitForTimeout(1000);
        offline(kiosk, false);

        assertThat(kiosk.waiting()).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(120_000));
        List<JsonNode> marks = service.marksOf("segoyewatha").stream()
                .filter(mark -> mark.path("source").asText().equals("late"))
                .sorted(Comparator.comparing(mark -> mark.path("id").asLong()))
                .toList();
        assertThat(marks).hasSize(QUEUED);
        assertThat(marks)
                .isSortedAccordingTo(Comparator.comparing(
                        mark -> Instant.parse(mark.path("marked_at").asText())));
        assertThat(marks.stream().map(mark -> mark.path("marked_at").asText()).distinct())
                .hasSize(QUEUED);
        kiosk.close();
    }

    private static void offline(KioskPage kiosk, boolean offline) {
        kiosk.page().context().setOffline(offline);
        kiosk.page().evaluate("window.dispatchEvent(new Event('focus'))");
        assertThat(kiosk.page().locator(".status")).hasText(offline ? "No connection" : "Ready");
    }

    private static JsonNode onlyMark(String userId) throws Exception {
        List<JsonNode> marks = service.marksOf(userId);
        assertThat(marks).hasSize(1);
        return marks.get(0);
    }
}
