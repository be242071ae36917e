package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.rollcall.service.Browser.Sight;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages do with a camera: enrollment with Chromium's own fake camera, "Try a face" and the test of a place. */
class BrowserCameraIT extends BrowserFixture {

    private static final int POINTS = 68;
    private static final int CHECKS = 10;
    private static final int A_MINUTE_MS = 60_000;

    @BeforeAll
    static void start() throws Exception {
        pages = AdminPages.start(folder, Map.of());
        new SampleDay(pages.service(), pages.key()).enrollAll();
    }

    /** A page that stays open goes on sending pictures, and takes the service's time from the next test. */
    @AfterEach
    void closePages() {
        pages.browser().closePages();
    }

    @Test
    void personBeforeChromiumsOwnCamera_isEnrolledAndSeen() throws Exception {
        Path film = folder.resolve("camera.y4m");
        CameraFile.write(film, "geronimo");
        try (Browser browser = Browser.start(List.of(
                "--use-fake-device-for-media-stream", "--use-file-for-fake-video-capture=" + film.toAbsolutePath()))) {
            Page page = new AdminPages(pages.service(), browser, pages.key())
                    .signedIn(browser.pageWithItsOwnCamera(1280), pages.key());
            AdminPages.open(page, "people?add=1");
            AdminPages.field(page, "Name").fill("Goyaałé");
            AdminPages.field(page, "Number").fill("film");
            page.getByRole(AriaRole.CHECKBOX).check();
            AdminPages.button(page, "Take three pictures").click();
            assertThat(page.locator(".shots li.done")).hasCount(3, new HasCountOptions().setTimeout(A_MINUTE_MS));
            AdminPages.button(page, "Done").click();
            AdminPages.open(page, "try");

            assertThat(page.locator(".overlay circle")).hasCount(POINTS);
            assertThat(page.locator(".list .who").first()).containsText("Goyaałé");
            assertThat(browser.takeComplaints()).isEmpty();
        }
    }

    @Test
    void triedFace_isShownWithItsBoxPointsValuesAndMostSimilarPeople() throws Exception {
        Page page = pages.signedIn(pages.browser().page(1280, ColorScheme.LIGHT, "manuel"), pages.key());
        long entries = entries();
        AdminPages.open(page, "try");

        assertThat(page.locator(".overlay circle")).hasCount(POINTS);
        assertThat(page.locator(".overlay rect")).hasCount(1);
        assertThat(page.locator(".list .who")).hasCount(5);
        assertThat(page.locator(".list .who").first()).containsText("Manuel");
        assertThat(page.locator(".conf").first())
                .hasAttribute("aria-label", Pattern.compile("^9\\d\\.\\d%; \\d\\d\\.\\d% is needed$"));
        assertThat(page.locator("tbody tr")).hasCount(CHECKS + 1);
        assertThat(page.locator("tbody")).containsText("Liveness check");
        assertThat(page.locator(".conf .is-over")).hasCount(1);
        assertThat(pointsInTheBox(page)).isTrue();
        assertThat(entries()).isEqualTo(entries);
    }

    /** Whether the middle of the points lies in the box of the face. */
    private static boolean pointsInTheBox(Page page) {
        return (boolean) page.evaluate("""
            () => {
              const box = document.querySelector('.overlay rect').getBoundingClientRect();
              const points = [...document.querySelectorAll('.overlay circle')].map((point) => point.getBoundingClientRect());
              const x = points.reduce((sum, one) => sum + one.x, 0) / points.length;
              const y = points.reduce((sum, one) => sum + one.y, 0) / points.length;
              return x > box.left && x < box.right && y > box.top && y < box.bottom;
            }\
            """);
    }

    private static long entries() throws Exception {
        return pages.service()
                .get("/v1/audit?limit=1&total=true", pages.key())
                .body()
                .path("total")
                .asLong();
    }

    @Test
    void tenPicturesOfAGoodPlace_areAllGood() throws Exception {
        Page page = pages.signedIn(1280);

        Locator verdict = verdict(page);

        assertThat(verdict.locator("li")).hasCount(6);
        assertThat(verdict.locator(".tag--wait")).hasCount(0);
    }

    @ParameterizedTest
    @CsvSource({
        "brightness(.12), 3, Light, Put a lamp in front of people",
        "blur(7px), 3, Camera, Clean the lens",
        "none, 0.72, Distance, Let people stand nearer",
    })
    void tenPicturesOfABadPlace_sayWhatToDo(String filter, double scale, String part, String advice) throws Exception {
        Page page = pages.signedIn(
                pages.browser().page(1280, ColorScheme.LIGHT, "geronimo", new Sight(filter, scale)), pages.key());

        Locator line = verdict(page).locator("li").filter(new Locator.FilterOptions().setHasText(part));

        assertThat(line.locator(".tag--wait")).isVisible();
        assertThat(line).containsText(advice);
    }

    private static Locator verdict(Page page) {
        AdminPages.open(page, "try");
        AdminPages.button(page, "Test this place").click();
        Locator verdict = page.locator("section").filter(new Locator.FilterOptions().setHasText("This place"));
        assertThat(verdict).isVisible(new IsVisibleOptions().setTimeout(A_MINUTE_MS));
        return verdict;
    }
}
