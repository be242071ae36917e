package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.ColorScheme;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A kiosk from its pairing to its first greeting, its key and its clock. */
class KioskIT extends KioskFixture {

    @Test
    void newTablet_isPairedByACodeAndGreetsTheFirstPerson() throws Exception {
        KioskPage kiosk = KioskPage.open(service, browser, 800, 1280, ColorScheme.LIGHT);
        assertThat(kiosk.headline()).hasText("Pair this kiosk");
        kiosk.page().getByLabel("The six characters").fill("222222");
        kiosk.button("Pair").click();
        assertThat(kiosk.page().locator(".fault")).hasText("This code doesn’t work. Check it, or get a new one.");

        kiosk.pair(service, "default");
        assertThat(kiosk.headline()).hasText("Look at the camera");
        kiosk.shows("geronimo");

        assertThat(kiosk.headline()).hasText(Pattern.compile("Good (morning|afternoon|evening), Geronimo"));
        assertThat(kiosk.page().locator(".mark")).hasText(Pattern.compile("In \\d\\d:\\d\\d"));
        JsonNode mark = service.marksOf("geronimo").get(0);
        assertThat(mark.path("source").asText()).isEqualTo("device");
        assertThat(kiosk.headline()).hasText("Look at the camera");
        kiosk.page().reload();
        assertThat(kiosk.page().locator(".clock__time")).isVisible();
        kiosk.close();
    }

    @Test
    void keyOfTheKiosk_isKeptInAFormThatNoScriptCanRead() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, "default");

        Object kept = kiosk.page().evaluate("""
            async () => {
              const opened = indexedDB.open('rollcall-kiosk');
              await new Promise((resolve) => { opened.onsuccess = resolve; });
              const store = opened.result.transaction('secrets').objectStore('secrets');
              const read = (name) => new Promise((resolve) => { const got = store.get(name); got.onsuccess = () => resolve(got.result); });
              const [vault, key] = [await read('vault'), await read('key')];
              const text = new TextDecoder('latin1').decode(key.data) + JSON.stringify({ ...localStorage });
              return [vault.extractable, /rk_[\\w-]{43}/.test(text)];
            }""");

        assertThat(kept).isEqualTo(List.of(false, false));
        kiosk.close();
    }

    @Test
    void clock_isThatOfTheSiteAlsoIfTheTabletsIsWrong() throws Exception {
        KioskPage kiosk = KioskPage.open(service, browser, 320, 568, ColorScheme.LIGHT);
        kiosk.page().context().addInitScript("const real = Date.now; Date.now = () => real() + 5 * 3600 * 1000;");
        kiosk.page().reload();
        kiosk.pair(service, "default");

        LocalTime shown = LocalTime.parse(kiosk.page().locator(".clock__time").textContent());
        assertThat(Math.abs(ChronoUnit.MINUTES.between(LocalTime.now(ZONE), shown)) % 1438)
                .isLessThanOrEqualTo(1);
        kiosk.close();
    }

    @Test
    void revokedKey_asksToBePairedAgain() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, "default");
        JsonNode devices = service.get("/v1/devices?order=newest&limit=1").body();
        service.delete("/v1/devices/" + devices.at("/items/0/id").asText());
        kiosk.shows("william");

        assertThat(kiosk.headline()).hasText("This kiosk must be paired again");
        kiosk.shows("nobody");
        kiosk.pair(service, "default");
        kiosk.close();
    }
}
