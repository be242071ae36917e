package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A kiosk without the service: nothing is lost, and nothing is doubled. */
class KioskOfflineIT extends KioskFixture {

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
