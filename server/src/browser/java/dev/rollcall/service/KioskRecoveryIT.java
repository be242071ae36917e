package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a kiosk gets over by itself: the camera, the tablet's clock, a page that isn't shown, a screen that goes dark. */
class KioskRecoveryIT extends KioskFixture {

    private static final Pattern GREETING = Pattern.compile("(Good|See you).*");

    /** A kiosk with a script that runs before the page's. */
    private static KioskPage paired(String script) throws Exception {
        KioskPage kiosk = KioskPage.open(service, browser, 1280, 800, ColorScheme.LIGHT);
        kiosk.page().context().addInitScript(script);
        kiosk.page().reload();
        kiosk.pair(service, BUSY);
        return kiosk;
    }

    @Test
    void cameraThatIsMissing_isTriedUntilItIsThere() throws Exception {
        KioskPage kiosk = paired("""
            const given = navigator.mediaDevices.getUserMedia;
            navigator.mediaDevices.getUserMedia = async () => {
              if (window.missing) throw new DOMException('none', 'NotFoundError');
              return given();
            };""");
        kiosk.page()
                .evaluate(
                        "window.missing = true; window.stream.getTracks().forEach((track) => { track.stop(); track.dispatchEvent(new Event('ended')); })");
        assertThat(kiosk.headline()).hasText("No camera found");
        assertThat(kiosk.page().locator(".status")).hasText("No camera");
        kiosk.shows("geronimo");
        kiosk.page().evaluate("window.missing = false");

        assertThat(kiosk.headline()).hasText(GREETING);
        kiosk.close();
    }

    @Test
    void pageThatIsHidden_asksNothingAndGoesOnWhenItIsShown() throws Exception {
        KioskPage kiosk = paired("""
            window.isHidden = false;
            Object.defineProperty(document, 'hidden', { get: () => window.isHidden });""");
        AtomicInteger hints = new AtomicInteger();
        kiosk.page().evaluate("window.isHidden = true; document.dispatchEvent(new Event('visibilitychange'))");
        kiosk.page().waitForTimeout(1000);
        kiosk.page().onRequest(request -> hints.addAndGet(request.url().contains("/v1/hints") ? 1 : 0));
        kiosk.shows("geronimo");
        kiosk.page().waitForTimeout(3000);
        assertThat(hints).hasValue(0);
        kiosk.page().waitForResponse("**/v1/kiosk", () -> kiosk.page()
                .evaluate("window.isHidden = false; document.dispatchEvent(new Event('visibilitychange'))"));

        assertThat(kiosk.headline()).hasText(GREETING);
        kiosk.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, -2})
    void clockThatIsWrong_doesNotChangeTheTimeOfAnEntry(int hoursAhead) throws Exception {
        String person = hoursAhead > 0 ? "manuel" : "frederik";
        KioskPage kiosk =
                paired("const real = Date.now; Date.now = () => real() + %d * 3600 * 1000;".formatted(hoursAhead));
        kiosk.shows(person);
        assertThat(kiosk.headline()).hasText(GREETING);
        kiosk.page().context().setOffline(true);
        kiosk.page().evaluate("window.dispatchEvent(new Event('focus'))");
        kiosk.button("Keep my entry").click();
        Instant captured = Instant.now();
        assertThat(kiosk.headline()).hasText("Kept for later");
        kiosk.shows("nobody");
        kiosk.page().context().setOffline(false);

        assertThat(kiosk.waiting()).hasCount(0);
        Instant marked = service.marksOf(person).stream()
                .filter(mark -> mark.path("source").asText().equals("late"))
                .map(mark -> Instant.parse(mark.path("marked_at").asText()))
                .findFirst()
                .orElseThrow();
        assertThat(Duration.between(marked, captured).abs()).isLessThan(Duration.ofSeconds(10));
        kiosk.close();
    }

    @Test
    void screen_isKeptOnForTwoHoursAfterTheLastMovement() throws Exception {
        KioskPage kiosk = paired("""
            window.locks = 0;
            window.later = 0;
            const real = performance.now.bind(performance);
            performance.now = () => real() + window.later;
            const every = window.setInterval;
            window.setInterval = (then, ms) => every(then, ms === 60_000 ? 200 : ms);
            Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => {
              window.locks += 1;
              const lock = new EventTarget();
              lock.release = async () => { window.locks -= 1; lock.dispatchEvent(new Event('release')); };
              return lock;
            } } });""");
        kiosk.shows("geronimo");
        assertThat(kiosk.headline()).hasText(GREETING);
        kiosk.page().waitForFunction("() => window.locks === 1");
        kiosk.page().evaluate("window.scene = 'nobody'");
        kiosk.page().waitForTimeout(500);
        kiosk.page().evaluate("window.later = 2.1 * 3600 * 1000");
        kiosk.page().waitForFunction("() => window.locks === 0");
        kiosk.shows("geronimo");

        kiosk.page().waitForFunction("() => window.locks === 1");
        kiosk.close();
    }
}
