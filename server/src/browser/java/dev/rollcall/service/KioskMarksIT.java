package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Marks at a kiosk: who is marked, how often, and what people are told who are not. */
class KioskMarksIT extends KioskFixture {

    private static final Pattern GREETING = Pattern.compile("Good (morning|afternoon|evening), .*");

    private static final Pattern GREETING_OR_FAREWELL = Pattern.compile("(Good|See you).*");

    @Test
    void twoPeopleInARow_areBothMarkedOnce() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, "default");
        kiosk.shows("manuel");
        assertThat(kiosk.headline()).hasText(Pattern.compile("Good .*, Manuel"));
        kiosk.shows("frederik");

        assertThat(kiosk.headline()).hasText(Pattern.compile("Good .*, Frederik"));
        assertThat(service.marksOf("manuel")).hasSize(1);
        assertThat(service.marksOf("frederik")).hasSize(1);
        kiosk.close();
    }

    @Test
    void personWhoStays_isMarkedOnceUntilTheyComeAgain() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        kiosk.shows("pierre");
        assertThat(kiosk.headline()).hasText(Pattern.compile("Good .*, Pierre"));
        kiosk.page().waitForTimeout(9000);
        assertThat(service.marksOf("pierre")).hasSize(1);
        assertThat(kiosk.page().locator(".hint")).hasText("Next, please");
        kiosk.leave();
        kiosk.shows("pierre");

        assertThat(kiosk.headline()).hasText("See you, Pierre");
        assertThat(service.marksOf("pierre")).hasSize(2);
        kiosk.close();
    }

    @Test
    void secondMarkTooSoonAndThirdOfTheDay_areRefusedWithTheirTimes() throws Exception {
        KioskPage busy = KioskPage.paired(service, browser, BUSY);
        busy.shows("elizabeth");
        assertThat(busy.headline()).hasText(GREETING);
        busy.close();
        KioskPage kiosk = KioskPage.paired(service, browser, "default");
        kiosk.shows("elizabeth");

        assertThat(kiosk.headline()).hasText("You’re already marked");
        assertThat(kiosk.page().locator(".words p"))
                .hasText(Pattern.compile("In \\d\\d:\\d\\d\\. Again from \\d\\d:\\d\\d\\."));
        kiosk.headline().click();
        assertThat(kiosk.headline()).hasText("Look at the camera");
        service.postJson("/recognize", key(BUSY), claim("elizabeth"));
        kiosk.leave();
        kiosk.shows("elizabeth");
        assertThat(kiosk.headline()).hasText("All done for today");
        assertThat(kiosk.page().locator(".words p")).hasText(Pattern.compile("Last: Out \\d\\d:\\d\\d\\. .*"));
        kiosk.close();
    }

    @Test
    void stranger_isToldSoAndTheNumberOfSomebodyElseDoesNotMatch() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, "default");
        kiosk.shows("william");
        assertThat(kiosk.headline()).hasText("We didn’t recognise you");

        typeNumber(kiosk, "felipe");
        assertThat(kiosk.headline()).hasText("That didn’t match");
        typeNumber(kiosk, "nobody-has-this");
        assertThat(kiosk.headline()).hasText("You’re not registered here yet");
        kiosk.shows("felipe");
        typeNumber(kiosk, "felipe");
        assertThat(kiosk.headline()).hasText(Pattern.compile("Good .*, Felipe"));
        assertThat(service.marksOf("felipe")).hasSize(1);
        kiosk.close();
    }

    private static void typeNumber(KioskPage kiosk, String userId) {
        kiosk.button("My number").click();
        kiosk.button("ABC").click();
        kiosk.page().getByLabel("Your number").last().fill(userId);
        kiosk.button("OK").click();
    }

    @Test
    void digits_areTypedOnTheKeypadAndTheKeyboard() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, "default");
        kiosk.button("My number").click();
        kiosk.button("4").click();
        kiosk.button("1").click();
        kiosk.page().keyboard().press("7");
        kiosk.button("Delete").click();

        assertThat(kiosk.page().locator("output")).hasText("41");
        kiosk.page().keyboard().press("Escape");
        assertThat(kiosk.page().locator(".keypad")).hasCount(0);
        kiosk.close();
    }

    @Test
    void somebodyElse_takesTheMarkBack() throws Exception {
        int before = service.marksOf("astronaut").size();
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        kiosk.shows("astronaut");
        assertThat(kiosk.headline()).hasText(GREETING_OR_FAREWELL);
        kiosk.button("That isn’t me").click();

        assertThat(kiosk.headline()).hasText("Sorry about that");
        assertThat(service.get("/v1/attendance?user_id=astronaut&state=voided")
                        .body()
                        .path("items"))
                .hasSize(1);
        assertThat(service.marksOf("astronaut")).hasSize(before);
        kiosk.close();
    }

    @Test
    void personWhoIsFarAway_isAskedToComeCloserAndThenGreeted() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        kiosk.looks(0.22, 1);
        kiosk.shows("astronaut");
        assertThat(kiosk.page().locator(".hint")).hasText("A little closer");
        kiosk.looks(1, 1);

        assertThat(kiosk.headline()).hasText(GREETING_OR_FAREWELL);
        kiosk.close();
    }

    @Test
    void darkRoom_turnsTheScreenIntoALamp() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        kiosk.looks(1, 0.15);
        kiosk.shows("geronimo");

        assertThat(kiosk.page().locator("body.lamp")).isVisible();
        kiosk.looks(1, 1);
        assertThat(kiosk.headline()).hasText(GREETING_OR_FAREWELL);
        assertThat(kiosk.page().locator("body.lamp")).hasCount(0);
        kiosk.close();
    }

    @Test
    void cameraThatIsLost_isStartedAgain() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        kiosk.page()
                .evaluate(
                        "window.stream.getTracks().forEach((track) => { track.stop(); track.dispatchEvent(new Event('ended')); })");
        kiosk.page().waitForFunction("() => window.cameras === 2");
        kiosk.shows("geronimo");

        assertThat(kiosk.headline()).hasText(GREETING_OR_FAREWELL);
        kiosk.close();
    }

    @Test
    void memoryOfThePage_staysAsItIsOverManyMarks() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        CDPSession session = kiosk.page().context().newCDPSession(kiosk.page());
        session.send("Performance.enable");
        marks(kiosk, 6);
        Map<String, Double> before = memory(session);
        marks(kiosk, 24);
        Map<String, Double> after = memory(session);

        assertThat(after.get("JSHeapUsedSize")).isLessThan(before.get("JSHeapUsedSize") + 1_000_000);
        assertThat(after.get("Nodes")).isLessThan(before.get("Nodes") + 50);
        assertThat(after.get("JSEventListeners")).isLessThan(before.get("JSEventListeners") + 20);
        kiosk.close();
    }

    /** Marks of two people in turns; a tap ends each greeting. */
    private static void marks(KioskPage kiosk, int count) {
        for (int i = 0; i < count; i++) {
            kiosk.shows(i % 2 == 0 ? "geronimo" : "segoyewatha");
            assertThat(kiosk.page().locator(".mark")).isVisible();
            kiosk.shows("nobody");
            kiosk.headline().click();
            kiosk.page().waitForTimeout(1600);
        }
    }

    private static Map<String, Double> memory(CDPSession session) {
        session.send("HeapProfiler.collectGarbage");
        JsonObject metrics = session.send("Performance.getMetrics");
        return metrics.getAsJsonArray("metrics").asList().stream()
                .map(metric -> metric.getAsJsonObject())
                .filter(metric -> List.of("JSHeapUsedSize", "Nodes", "JSEventListeners")
                        .contains(metric.get("name").getAsString()))
                .collect(java.util.stream.Collectors.toMap(
                        metric -> metric.get("name").getAsString(),
                        metric -> metric.get("value").getAsDouble()));
    }

    private static String key(String site) throws Exception {
        return service.postJson("/v1/keys", Map.of("name", "other door", "scopes", List.of("recognize"), "site", site))
                .body()
                .path("key")
                .asText();
    }

    private static Map<String, String> claim(String name) throws Exception {
        return Map.of("user_id", name, "image", RunningService.base64(Pictures.portrait(name)));
    }
}
