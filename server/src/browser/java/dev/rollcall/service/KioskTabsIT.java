package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries that wait while the page is open twice, or loses its key. */
class KioskTabsIT extends KioskFixture {

    private static final int QUEUED = 40;

    @Test
    void pageThatIsOpenTwice_deliversEachEntryOnceInItsOrder() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        kiosk.page().context().route("**/recognize", route -> route.abort());
        keep(kiosk, "manuel");
        kiosk.page().reload();
        Page second = kiosk.page().context().newPage();
        second.navigate(service.address().resolve("/kiosk").toString());
        assertThat(kiosk.waiting()).hasText(String.valueOf(QUEUED));
        kiosk.page().context().unroute("**/recognize");

        assertThat(kiosk.waiting()).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(90_000));
        assertOnceInOrder("manuel");
        second.close();
        kiosk.close();
    }

    @Test
    void keyThatIsRevokedDuringTheDelivery_losesNothing() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        kiosk.page().route("**/recognize", route -> route.abort());
        keep(kiosk, "frederik");
        kiosk.page().reload();
        assertThat(kiosk.waiting()).hasText(String.valueOf(QUEUED));
        kiosk.page().unroute("**/recognize");
        kiosk.page()
                .waitForFunction(
                        "() => Number(document.querySelector('.waiting > span[aria-hidden]')?.textContent ?? 0) < 30");
        for (JsonNode device :
                service.get("/v1/devices?site=" + BUSY + "&state=active").body().path("items")) {
            service.delete("/v1/devices/" + device.path("id").asText());
        }
        kiosk.pair(service, BUSY);

        assertThat(kiosk.waiting()).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(90_000));
        assertOnceInOrder("frederik");
        kiosk.close();
    }

    private static void keep(KioskPage kiosk, String who) {
        kiosk.page().waitForFunction("() => window.pictures?.manuel?.naturalWidth");
        kiosk.page().evaluate("""
            async ([who, count]) => {
              const { Vault } = await import('/web/kiosk/vault.js');
              const vault = new Vault('rollcall-kiosk');
              await vault.open();
              const picture = await new Promise((resolve) => { window.picture(who).toBlob(resolve, 'image/jpeg', 0.85); });
              const start = Date.now() - count * 1000;
              for (let i = 0; i < count; i += 1) {
                await vault.add({ id: `${who}-${i}`, at: start + 1000 * i, fields: { user_id: who }, frames: [picture] });
              }
            }""", List.of(who, QUEUED));
    }

    private static void assertOnceInOrder(String who) throws Exception {
        List<JsonNode> marks = service.marksOf(who).stream()
                .sorted(Comparator.comparing(mark -> mark.path("id").asLong()))
                .toList();
        assertThat(marks).hasSize(QUEUED);
        assertThat(marks)
                .isSortedAccordingTo(Comparator.comparing(
                        mark -> Instant.parse(mark.path("marked_at").asText())));
    }
}
