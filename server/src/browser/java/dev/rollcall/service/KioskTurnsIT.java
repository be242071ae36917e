package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Head-turn challenges at a kiosk, before a camera that shows a film of a person who turns the head. */
class KioskTurnsIT extends KioskFixture {

    private static final Pattern GREETING = Pattern.compile("(Good|See you).*, Turner");

    private static final Pattern TURN = Pattern.compile("Turn left|Turn right|Look up|Look down");

    @BeforeAll
    static void enroll() throws Exception {
        assumeTrue(Files.isDirectory(TurningCamera.FILM), "there is no film of head turns");
        for (String site : List.of("turns", "turns-claimed", "turns-refused")) {
            Map<String, Object> place = Map.of(
                    "site",
                    site,
                    "name",
                    "North gate",
                    "liveness",
                    "challenge",
                    "min_seconds_between",
                    0,
                    "max_marks_per_day",
                    100);
            assertThat(service.postJson("/v1/sites", place).status()).isEqualTo(201);
        }
        String image = RunningService.base64(TurningCamera.frame(TurningCamera.STRAIGHT));
        Map<String, Object> person = Map.of("user_id", "turner", "name", "Turner Test", "image", image);
        assertThat(service.postJson("/enroll", person).status()).isEqualTo(201);
    }

    private static KioskPage paired(String site, String obeys) throws Exception {
        KioskPage kiosk =
                KioskPage.open(service.address(), browser, 800, 1280, ColorScheme.LIGHT, TurningCamera.script());
        obeys(kiosk, "gone");
        kiosk.pair(service, site);
        obeys(kiosk, obeys);
        return kiosk;
    }

    private static void obeys(KioskPage kiosk, String how) {
        kiosk.page().evaluate("how => { window.obeys = how; }", how);
    }

    @Test
    void personWhoTurnsAsAsked_isMarkedOnce() throws Exception {
        KioskPage kiosk = paired("turns", "yes");
        assertThat(kiosk.headline()).hasText(TURN);
        arrowPointsToTheAskedSideOfTheMirror(kiosk);

        assertThat(kiosk.headline()).hasText(GREETING);
        assertThat(marks("turns")).hasSize(1);
        obeys(kiosk, "gone");
        kiosk.close();
    }

    /** Left is on the left of the screen, and the picture is mirrored, so that a head that turns to its left turns to the left there. */
    private static void arrowPointsToTheAskedSideOfTheMirror(KioskPage kiosk) {
        Object[] seen = ((List<?>) kiosk.page().evaluate("""
            () => {
              const middle = (one) => { const box = one.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; };
              const [x, y] = middle(document.querySelector('.ring'));
              const [arrowX, arrowY] = middle(document.querySelector('.ring__arrow'));
              const [dx, dy] = [arrowX - x, arrowY - y];
              const side = Math.abs(dx) > Math.abs(dy) ? (dx < 0 ? 'Turn left' : 'Turn right') : (dy < 0 ? 'Look up' : 'Look down');
              const { a } = new DOMMatrix(getComputedStyle(document.querySelector('.portal__view video')).transform);
              return [side, document.querySelector('h1').textContent, a];
            }""")).toArray();
        assertThat(seen[0]).isEqualTo(seen[1]);
        assertThat(((Number) seen[2]).intValue()).isEqualTo(-1);
    }

    @Test
    void personWithANumber_turnsTheHeadToo() throws Exception {
        KioskPage kiosk = paired("turns-claimed", "gone");
        kiosk.button("My number").click();
        kiosk.button("ABC").click();
        kiosk.page().getByLabel("Your number").last().fill("turner");
        kiosk.button("OK").click();
        obeys(kiosk, "yes");

        kiosk.page().waitForResponse("**/recognize", () -> assertThat(kiosk.headline())
                .hasText(GREETING));
        obeys(kiosk, "gone");
        kiosk.close();
    }

    @Test
    void personWithAPhone_turnsTheHeadToo() throws Exception {
        String link = service.postJson("/v1/people/turner/phone-link", Map.of("site", "turns-claimed"))
                .body()
                .path("url")
                .asText();
        KioskPage phone = KioskPage.at(link, browser, 390, 844, ColorScheme.LIGHT, TurningCamera.script());
        assertThat(phone.headline()).hasText("Turner Test");
        phone.button("Mark").click();
        assertThat(phone.headline()).hasText(TURN);

        assertThat(phone.headline()).hasText(GREETING);
        assertThat(phone.page().locator(".day__mark").last()).isVisible();
        phone.close();
    }

    @Test
    void personWhoTurnsOtherwise_isToldSoAndNotMarked() throws Exception {
        KioskPage kiosk = paired("turns-refused", "other");
        assertThat(kiosk.headline()).hasText("Once more, please");
        assertThat(kiosk.page().locator(".words p")).hasText("That was another direction. Follow the arrow.");
        obeys(kiosk, "no");
        assertThat(kiosk.headline()).hasText(TURN);
        assertThat(kiosk.page().locator(".words p")).hasText("That took too long.");
        obeys(kiosk, "yes");
        kiosk.button("Try again").click();
        assertThat(kiosk.headline()).hasText(TURN);
        kiosk.button("Back").click();
        assertThat(kiosk.headline()).hasText("Look at the camera");
        obeys(kiosk, "gone");

        assertThat(marks("turns-refused")).isEmpty();
        kiosk.close();
    }

    private static JsonNode marks(String site) throws Exception {
        return service.get("/v1/attendance?user_id=turner&site=" + site).body().path("items");
    }

    @Test
    void personWhoGoesAway_endsTheChallengeWithoutAWord() throws Exception {
        KioskPage kiosk = paired("turns-refused", "no");
        assertThat(kiosk.page().locator(".words p")).hasText(Pattern.compile("1 of [23]"));
        obeys(kiosk, "gone");

        assertThat(kiosk.headline()).hasText(Pattern.compile("Look at the camera|Once more, please"));
        assertThat(kiosk.headline()).hasText("Look at the camera");
        kiosk.close();
    }

    @Test
    void screenOfATurn_fitsAndIsCleanForAxe() throws Exception {
        for (int[] size : KioskScreensIT.SIZES) {
            ColorScheme colours = size[0] < 500 ? ColorScheme.DARK : ColorScheme.LIGHT;
            KioskPage kiosk =
                    KioskPage.open(service.address(), browser, size[0], size[1], colours, TurningCamera.script());
            obeys(kiosk, "gone");
            kiosk.pair(service, "turns-refused");
            obeys(kiosk, "no");
            assertThat(kiosk.headline()).hasText(TURN);
            KioskScreensIT.everyWay(kiosk, "turn");
            assertThat(kiosk.headline()).hasText("Once more, please");
            KioskScreensIT.fits(kiosk, "failed turn");
            obeys(kiosk, "gone");
            kiosk.close();
        }
    }

    @Test
    void withoutAConnection_nothingIsKept() throws Exception {
        KioskPage kiosk = paired("turns-refused", "gone");
        kiosk.page().context().setOffline(true);
        kiosk.page().evaluate("window.dispatchEvent(new Event('focus'))");

        assertThat(kiosk.headline()).hasText("No connection");
        assertThat(kiosk.page().locator(".words p"))
                .hasText("Entries at this place need one. Please wait a moment, or ask the person in charge.");
        assertThat(kiosk.button("Keep my entry")).hasCount(0);
        kiosk.page().context().setOffline(false);
        kiosk.page().evaluate("window.dispatchEvent(new Event('focus'))");
        assertThat(kiosk.page().locator(".status")).hasText("Ready");
        kiosk.close();
    }

    @Test
    void connectionThatBreaksAtTheMark_isSaidSo() throws Exception {
        KioskPage kiosk = paired("turns-refused", "yes");
        kiosk.page().route("**/identify", route -> route.abort());

        assertThat(kiosk.headline()).hasText("The connection broke");
        assertThat(kiosk.waiting()).hasText("1");
        kiosk.close();
    }
}
