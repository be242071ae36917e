package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of a kiosk's page have: a service with people, and Chromium; skipped where there is no Chromium. */
abstract class KioskFixture {

    /** Far from midnight: marks of one test belong to one day. */
    static final ZoneId ZONE = ZoneId.of(MarkStream.noonZone());

    /** A site where marks may follow each other at once. */
    static final String BUSY = "busy";

    private static final List<String> PEOPLE =
            List.of("geronimo", "manuel", "frederik", "pierre", "felipe", "elizabeth", "astronaut", "segoyewatha");

    @TempDir
    static Path folder;

    static RunningService service;
    static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.program().isPresent(), "chromium is not installed");
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        service = RunningService.start(
                folder,
                Map.of(
                        "API_KEY",
                        RunningService.KEY,
                        "TIME_ZONE",
                        ZONE.getId(),
                        "MAX_ATTENDANCE_PER_DAY",
                        "2",
                        "MIN_SECONDS_BETWEEN_MARKS",
                        "60"));
        browser = Browser.start(List.of());
        Map<String, Object> busy =
                Map.of("site", BUSY, "name", "Busy gate", "min_seconds_between", 0, "max_marks_per_day", 1000);
        assertThat(service.postJson("/v1/sites", busy).status()).isEqualTo(201);
        for (String name : PEOPLE) {
            String image = RunningService.base64(Pictures.portrait(name));
            Map<String, Object> person = Map.of("user_id", name, "name", capital(name) + " Test", "image", image);
            assertThat(service.postJson("/enroll", person).status()).isEqualTo(201);
        }
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @AfterEach
    void nothingIsAgainstThePolicy() {
        assertThat(browser.takeComplaints()).isEmpty();
    }
}
