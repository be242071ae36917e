package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kiosk whose service is killed and started again. */
class KioskRestartIT {

    private static final Map<String, String> SETTINGS =
            Map.of("API_KEY", RunningService.KEY, "TIME_ZONE", MarkStream.noonZone());

    @TempDir
    Path folder;

    @Test
    void serviceThatWasKilled_getsWhatWaitsAndTheKioskGoesOnByItself() throws Exception {
        assumeTrue(Browser.program().isPresent(), "chromium is not installed");
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        try (Browser browser = Browser.start(List.of());
                RunningService first = RunningService.start(folder, SETTINGS);
                Forwarder network = new Forwarder(first.address().getPort())) {
            assertThat(first.enroll("geronimo", Pictures.portrait("geronimo")).status())
                    .isEqualTo(201);
            URI address = URI.create("http://localhost:" + network.port());
            KioskPage kiosk = KioskPage.open(address, browser, 800, 1280, ColorScheme.LIGHT);
            kiosk.pair(first, "default");
            first.kill();
            kiosk.shows("geronimo");
            assertThat(kiosk.page().locator(".status")).hasText("No connection");
            kiosk.button("Keep my entry").click();
            assertThat(kiosk.waiting()).hasText("1");
            kiosk.shows("nobody");
            try (RunningService second = RunningService.start(folder, SETTINGS)) {
                network.leadTo(second.address().getPort());

                assertThat(kiosk.waiting()).hasCount(0);
                assertThat(second.marksOf("geronimo")).hasSize(1);
                kiosk.leave();
                kiosk.shows("geronimo");
                assertThat(kiosk.headline()).hasText(Pattern.compile("See you, Name"));
                assertThat(browser.takeComplaints()).isEmpty();
            }
        }
    }

    @Test
    void serviceThatIsKilledWhileItMarks_marksOnce() throws Exception {
        assumeTrue(Browser.program().isPresent(), "chromium is not installed");
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        try (Browser browser = Browser.start(List.of());
                RunningService first = RunningService.start(folder, SETTINGS);
                Forwarder network = new Forwarder(first.address().getPort())) {
            assertThat(first.enroll("manuel", Pictures.portrait("manuel")).status())
                    .isEqualTo(201);
            URI address = URI.create("http://localhost:" + network.port());
            KioskPage kiosk = KioskPage.open(address, browser, 800, 1280, ColorScheme.LIGHT);
            kiosk.pair(first, "default");
            kiosk.page().waitForRequest("**/identify", () -> kiosk.shows("manuel"));
            first.kill();
            kiosk.shows("nobody");
            assertThat(kiosk.page().locator(".status")).hasText("No connection");
            try (RunningService second = RunningService.start(folder, SETTINGS)) {
                network.leadTo(second.address().getPort());

                assertThat(kiosk.page().locator(".status")).hasText("Ready");
                assertThat(kiosk.waiting()).hasCount(0);
                assertThat(second.marksOf("manuel")).hasSize(1);
            }
        }
    }
}
