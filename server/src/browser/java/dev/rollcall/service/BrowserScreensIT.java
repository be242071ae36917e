package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every screen with something to show: whether it fits, who can use it, and its pictures for the documents. */
class BrowserScreensIT extends BrowserFixture {

    /** The screens, and the drawers and dialogs on them, by what follows {@code #/}. */
    static final List<String> SCREENS = List.of(
            "overview",
            "attendance",
            "attendance?day=" + SampleDay.yesterday() + "&person=manuel",
            "months",
            "months/manuel",
            "shifts",
            "shifts/+",
            "shifts/day",
            "shifts/day/people",
            "people",
            "people?add=1",
            "people?import=1",
            "people/manuel",
            "approvals",
            "approvals?state=rejected",
            "refused",
            "refused?by=person",
            "alarms",
            "kiosks",
            "kiosks?pair=1",
            "keys",
            "webhooks",
            "sites",
            "sites/default",
            "sites/default/accuracy",
            "settings",
            "health",
            "try");

    /** A control, table or dialog that a screen reader would announce without a name, in a tree of roles. */
    private static final Pattern WITHOUT_NAME = Pattern.compile("(?m)^\\s*-"
            + " (button|link|textbox|searchbox|combobox|checkbox|spinbutton|img|dialog|table|progressbar|navigation)(:|$|"
            + " \\[).*");

    private static final int SETUP_STEPS = 4;

    @BeforeAll
    static void start() throws Exception {
        pages = AdminPages.start(folder, Map.of("REQUIRE_APPROVAL", "true"));
        SampleDay day = new SampleDay(pages.service(), pages.key());
        day.fill();
        day.fillTheOtherScreens();
        String other = pages.newKey("Ana of the office");
        long mark = pages.service().marksOf("manuel").get(0).path("id").asLong();
        assertThat(pages.service()
                        .postJson(
                                "/v1/attendance/" + mark + "/correct",
                                other,
                                Map.of("direction", "out", "reason", "He left then"))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void everyScreen_isCleanForAxe(ColorScheme colours) throws Exception {
        Page page = pages.browser().page(1280, colours, "manuel");
        page.navigate(pages.service().address().resolve("/admin").toString());
        assertThat(page.locator("h1")).isVisible();
        requireClean(page, "signing in");
        pages.signedIn(page, pages.key());
        for (String screen : SCREENS) {
            AdminPages.open(page, screen);
            requireClean(page, screen);
        }
        for (int step = 1; step <= SETUP_STEPS; step++) {
            atStep(page, step);
            requireClean(page, "step " + step + " of the set-up");
        }
        page.context().close();
    }

    private static void atStep(Page page, int step) {
        page.evaluate("""
            async (step) => {
              const { csrf_token: token } = await (await fetch('/v1/session')).json();
              await fetch('/v1/setup', { method: 'PUT', headers: { 'X-CSRF-Token': token, 'Content-Type': 'application/json' }, body: JSON.stringify({ step }) });
            }\
            """, step);
        AdminPages.open(page, "overview");
        AdminPages.open(page, "setup");
        assertThat(page.locator("li[aria-current=step]")).hasCount(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 800, 1280})
    void everyScreen_fitsInBothDirectionsOfWriting(int width) throws Exception {
        Page page = pages.signedIn(width);
        for (String screen : SCREENS) {
            AdminPages.open(page, screen);
            requireFitting(page, screen);
        }
        page.context().close();
    }

    @Test
    void everyControl_hasANameForScreenReaders() throws Exception {
        Page page = pages.signedIn(1280);
        for (String screen : SCREENS) {
            AdminPages.open(page, screen);
            List<String> nameless = WITHOUT_NAME
                    .matcher(page.locator("body").ariaSnapshot())
                    .results()
                    .map(match -> match.group().strip())
                    .toList();
            assertThat(nameless).as(screen).isEmpty();
            assertThat(page.locator("h1")).hasCount(1);
            assertThat(page.title()).as(screen).endsWith(" – Rollcall");
        }
        page.context().close();
    }

    @Test
    void rightToLeft_mirrorsTheMenuTheBarsAndTheDrawers() throws Exception {
        Page page = pages.signedIn(1280);
        page.evaluate("document.documentElement.dir = 'rtl'");
        AdminPages.open(page, "attendance?day=" + SampleDay.yesterday() + "&person=manuel");

        assertThat(left(page, "nav")).isGreaterThan(left(page, "main"));
        assertThat(left(page, "dialog")).isZero();
        assertThat(left(page, ".axis span:first-child")).isGreaterThan(left(page, ".axis span:last-child"));
        assertThat((String) page.evaluate("getComputedStyle(document.querySelector('svg.span')).transform"))
                .startsWith("matrix(-1");
        page.context().close();
    }

    private static double left(Page page, String selector) {
        return page.locator(selector).first().boundingBox().x;
    }

    @Test
    void violationsOfThePolicy_areNoticed() throws Exception {
        Page page = pages.signedIn(1280);
        page.evaluate("""
            () => {
              const picture = new Image();
              picture.src = 'https://example.invalid/x.png';
              document.body.append(picture);
            }\
            """);
        page.waitForTimeout(300);

        assertThat(pages.browser().takeComplaints()).anyMatch(text -> text.contains("img-src"));
        page.context().close();
    }

    /** Yesterday, so that the pictures don't depend on the time of day. */
    @Test
    void picturesOfTheDocuments_areTaken() throws Exception {
        Path documents = Files.createDirectories(Path.of("..", "docs", "img"));
        for (int width : new int[] {320, 800, 1280}) {
            Page page = pages.signedIn(width);
            page.route("**/v1/attendance?*", BrowserScreensIT::inTime);
            take(page, "attendance?day=" + SampleDay.yesterday(), documents.resolve("attendance-" + width + ".png"));
            page.context().close();
        }
        Page dark = pages.signedIn(1280, ColorScheme.DARK);
        take(dark, "people/manuel", documents.resolve("person-dark.png"));
        dark.context().close();
        Page page = pages.signedIn(pages.browser().page(1280, ColorScheme.LIGHT, "manuel"), pages.key());
        AdminPages.open(page, "try");
        assertThat(page.locator(".overlay circle")).hasCount(68);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(documents.resolve("try-a-face.jpg"))
                .setType(ScreenshotType.JPEG)
                .setQuality(80));
        page.context().close();
    }

    /** Marks of the day before can only be late ones: all but the first are shown as if they had been made in time. */
    private static void inTime(Route route) {
        APIResponse answer = route.fetch();
        String marks = answer.text()
                .replace("\"source\":\"late\"", "\"source\":\"device\"")
                .replaceFirst("\"source\":\"device\"", "\"source\":\"late\"");
        route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(marks));
    }

    @Test
    void marksThatWereSentLater_areTaggedAndCanBeChosen() throws Exception {
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "attendance?day=" + SampleDay.yesterday());
        AdminPages.button(page, "Sent later").click();

        assertThat(page.locator("tbody tr").first().locator("td.s")).containsText("Sent later");
        assertThat(page.locator("tbody tr").filter(new Locator.FilterOptions().setHasNotText("Sent later")))
                .hasCount(0);
        page.setViewportSize(320, 568);
        assertThat(page.locator("tbody .who").first().boundingBox().width).isGreaterThan(80);
        page.context().close();
    }

    @Test
    void setting_saysWhereItsValueComesFrom() throws Exception {
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "settings");

        assertThat(page.locator("li.item").filter(new Locator.FilterOptions().setHasText("REQUIRE_APPROVAL")))
                .containsText("set in the environment");
        page.context().close();
    }

    private static void take(Page page, String screen, Path file) {
        AdminPages.open(page, screen);
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }
}
