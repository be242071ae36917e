package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Marks at a kiosk with a badge, and by number and PIN. */
class KioskWaysIT extends KioskFixture {

    @Test
    void badgeBeforeTheCamera_isReadByTheServiceAndMarksItsPersonAlone() throws Exception {
        site("badges", "\"identify_by\":\"badge\"");
        JsonNode badge = badge("geronimo", false);
        KioskPage kiosk = KioskPage.paired(service, browser, "badges", 320, 568, ColorScheme.DARK);
        assertThat(kiosk.headline()).hasText("Show your badge first");
        assertThat(kiosk.button("My number")).hasCount(0);
        kiosk.shows("geronimo");
        kiosk.page().waitForTimeout(3000);
        assertThat(service.marksOf("geronimo")).isEmpty();

        kiosk.button("My badge").click();
        assertFits(kiosk, "kiosk-badge-320-dark");
        kiosk.holds(badge);
        assertThat(kiosk.headline()).hasText("Look at the camera");
        kiosk.shows("frederik");
        kiosk.holds(null);
        assertThat(kiosk.headline()).hasText("That didn’t match");
        assertThat(kiosk.page().locator(".words p")).hasText("Is it your badge? Show it again, please.");
        assertThat(kiosk.button("Try again")).hasCount(0);
        kiosk.shows("geronimo");
        kiosk.button("My badge").click();
        kiosk.holds(badge);
        assertThat(kiosk.headline()).hasText("Look at the camera");
        kiosk.holds(null);

        assertThat(kiosk.headline()).hasText(Pattern.compile("Good .*, Geronimo"));
        assertThat(service.marksOf("geronimo")).hasSize(1);
        kiosk.close();
    }

    @Test
    void siteThatAsksForAPosition_hasNoButtonForAMark() throws Exception {
        site("fence", "\"pin_allowed\":true,\"geofence\":{\"latitude\":36.72,\"longitude\":-4.42,\"radius_m\":150}");
        KioskPage kiosk = KioskPage.open(service, browser, 1280, 800, ColorScheme.LIGHT);
        JsonNode pairing = service.postJson("/v1/pairings", Map.of("name", "Gate of fence", "site", "fence"))
                .body();
        kiosk.page().getByLabel("The six characters").fill(pairing.path("code").asText());
        kiosk.button("Pair").click();

        assertThat(kiosk.headline()).hasText("This kiosk can’t mark here");
        assertThat(kiosk.page().locator(".acts .btn")).hasCount(0);
        kiosk.close();
    }

    @Test
    void badgeThatTheBrowserReadsAndThatWasRenewed_isRefused() throws Exception {
        String lost = badge("pierre", false).path("badge").asText();
        badge("pierre", true);
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        kiosk.page().evaluate("""
                        text => { window.BarcodeDetector = class {
                          static async getSupportedFormats() { return ['qr_code']; }
                          async detect() { return [{ rawValue: 'https://example.com' }, { rawValue: text }]; }
                        }; }
                        """, lost);
        kiosk.button("My badge").click();
        kiosk.shows("pierre");

        assertThat(kiosk.headline()).hasText("This badge isn’t valid");
        assertThat(service.marksOf("pierre")).isEmpty();
        kiosk.close();
    }

    @Test
    void faceThatFailed_isMarkedByNumberAndPinThatNobodySees() throws Exception {
        site("pins", "\"pin_allowed\":true");
        pin("manuel", "730518");
        KioskPage kiosk = KioskPage.paired(service, browser, "pins", 320, 568, ColorScheme.LIGHT);
        assertThat(kiosk.button("Number and PIN")).hasCount(0);
        number(kiosk, "manuel");
        kiosk.shows("frederik");
        assertThat(kiosk.headline()).hasText("That didn’t match");

        kiosk.button("Use my PIN").click();
        type(kiosk, "7305");
        Locator dots = kiosk.page().locator(".typed--dots");
        assertThat(dots).hasText("••••");
        assertFits(kiosk, "kiosk-pin-320");
        type(kiosk, "19");
        kiosk.button("OK").click();
        assertThat(kiosk.headline()).hasText("Number or PIN is wrong");
        kiosk.button("Use my PIN").click();
        type(kiosk, "730518");
        kiosk.button("OK").click();

        assertThat(kiosk.headline()).hasText(Pattern.compile("Good .*, Manuel"));
        assertThat(service.marksOf("manuel").get(0).path("source").asText()).isEqualTo("pin");
        kiosk.button("That isn’t me").click();
        assertThat(kiosk.headline()).hasText("Sorry about that");
        kiosk.close();
    }

    @Test
    void keypads_areOneColumnAtEverySize() throws Exception {
        site("pads", "\"pin_allowed\":true");
        KioskPage kiosk = KioskPage.paired(service, browser, "pads");
        kiosk.button("My number").click();
        type(kiosk, "1001");
        everySize(kiosk, "number", "h2", ".typed", ".keys");
        kiosk.button("OK").click();
        kiosk.shows("frederik");
        assertThat(kiosk.headline()).hasText("You’re not registered here yet");
        kiosk.button("My badge").click();
        everySize(kiosk, "badge", "h2", ".finder", "p");
        kiosk.button("Back").click();
        number(kiosk, "manuel");
        kiosk.button("Use my PIN").click();
        type(kiosk, "7305");
        everySize(kiosk, "pin", ".words h2", ".words p", ".typed", ".keys");
        kiosk.close();
    }

    /** The parts lie one under the other about the same line in the middle, at each size of a screen. */
    private static void everySize(KioskPage kiosk, String screen, String... parts) {
        for (int[] size : KioskScreensIT.SIZES) {
            kiosk.page().setViewportSize(size[0], size[1]);
            assertThat((Boolean) kiosk.page().evaluate("""
                parts => {
                  const boxes = parts.map((part) => document.querySelector(`.keypad__in ${part}`).getBoundingClientRect());
                  const middle = (box) => (box.left + box.right) / 2;
                  return boxes.every((box, i) => Math.abs(middle(box) - innerWidth / 2) < 1 && (i === 0 || box.top >= boxes[i - 1].bottom));
                }""", List.of(parts)))
                    .as(screen + " at " + size[0])
                    .isTrue();
            assertFits(kiosk, screen + " at " + size[0]);
            kiosk.page()
                    .screenshot(new Page.ScreenshotOptions()
                            .setPath(Path.of("target", "keypads", screen + "-" + size[0] + ".png")));
        }
    }

    @Test
    void personMarkedByPin_isNotLookedAtAgainForTheRefusalBefore() throws Exception {
        site("pins-once", "\"pin_allowed\":true");
        pin("frederik", "730518");
        KioskPage kiosk = KioskPage.paired(service, browser, "pins-once");
        kiosk.page()
                .route(
                        "**/identify",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setStatus(422)
                                .setContentType("application/json")
                                .setBody("{\"code\":\"NOT_RECOGNIZED\"}")));
        kiosk.shows("frederik");
        assertThat(kiosk.headline()).hasText("We didn’t recognise you");
        kiosk.button("Number and PIN").click();
        kiosk.button("ABC").click();
        kiosk.page().getByRole(AriaRole.TEXTBOX).fill("frederik");
        kiosk.button("OK").click();
        type(kiosk, "730518");
        kiosk.page().unroute("**/identify");
        // By then whoever was refused would have been looked at again.
        kiosk.page().waitForTimeout(4500);
        kiosk.button("OK").click();
        assertThat(kiosk.headline()).hasText(Pattern.compile("Good .*, Frederik"));

        kiosk.page().waitForTimeout(4500);
        assertThat(service.marksOf("frederik"))
                .filteredOn(mark -> mark.path("site").asText().equals("pins-once"))
                .hasSize(1);
        kiosk.close();
    }

    @Test
    void pinThatTheServiceHasNoTimeFor_isAskedForAgainUnderTheSameKey() throws Exception {
        site("pins-later", "\"pin_allowed\":true");
        pin("felipe", "730518");
        KioskPage kiosk = KioskPage.paired(service, browser, "pins-later");
        List<String> keys = new CopyOnWriteArrayList<>();
        kiosk.page().route("**/v1/pin-marks", route -> {
            keys.add(route.request().headers().get("idempotency-key"));
            if (keys.size() > 3) {
                route.resume();
            } else {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("application/json")
                        .setHeaders(Map.of("Retry-After", "1"))
                        .setBody("{\"code\":\"OVERLOADED\"}"));
            }
        });
        number(kiosk, "felipe");
        kiosk.shows("astronaut");
        assertThat(kiosk.headline()).hasText("That didn’t match");
        kiosk.button("Use my PIN").click();
        type(kiosk, "730518");
        kiosk.button("OK").click();

        assertThat(kiosk.headline()).hasText(Pattern.compile("Good .*, Felipe"));
        assertThat(keys).hasSize(4).containsOnly(keys.get(0));
        kiosk.close();
    }

    @Test
    void kioskWithoutACamera_offersNumberAndPinAtOnce() throws Exception {
        site("blind", "\"pin_allowed\":true");
        pin("elizabeth", "730518");
        KioskPage kiosk = KioskPage.paired(service, browser, "blind");
        kiosk.page()
                .evaluate("() => { navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no',"
                        + " 'NotAllowedError'); }; window.stream.getTracks().forEach((track) => { track.stop();"
                        + " track.dispatchEvent(new Event('ended')); }); }");
        assertThat(kiosk.headline()).hasText("The camera is switched off for this page");

        kiosk.button("Number and PIN").click();
        type(kiosk, "1");
        kiosk.button("ABC").click();
        kiosk.page().getByRole(AriaRole.TEXTBOX).fill("elizabeth");
        kiosk.button("OK").click();
        type(kiosk, "730518");
        kiosk.page().context().setOffline(true);
        kiosk.button("OK").click();
        assertThat(kiosk.headline()).hasText("There’s no connection");
        assertThat(service.marksOf("elizabeth")).isEmpty();
        kiosk.page().context().setOffline(false);
        kiosk.close();
    }

    private static void number(KioskPage kiosk, String userId) {
        kiosk.button("My number").click();
        kiosk.button("ABC").click();
        kiosk.page().getByRole(AriaRole.TEXTBOX).fill(userId);
        kiosk.button("OK").click();
    }

    private static void type(KioskPage kiosk, String digits) {
        digits.chars().forEach(digit -> kiosk.button(Character.toString(digit)).click());
    }

    /** Nothing is cut off, and axe finds no serious fault. */
    private static void assertFits(KioskPage kiosk, String screen) {
        Page page = kiosk.page();
        assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"
                        + " && [...document.querySelectorAll('.keypad button')].every((one) => {"
                        + " const box = one.getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth"
                        + " && box.top >= 0 && box.bottom <= innerHeight; })"))
                .as(screen)
                .isTrue();
        assertThat(new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"))
                        .analyze()
                        .getViolations())
                .as(screen)
                .isEmpty();
    }

    private static void site(String id, String rule) throws Exception {
        String body = "{\"site\":\"" + id + "\",\"name\":\"Site " + id
                + "\",\"min_seconds_between\":0,\"max_marks_per_day\":1000," + rule + "}";
        assertThat(service.post(
                                "/v1/sites",
                                RunningService.KEY,
                                "application/json",
                                body.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(201);
    }

    private static JsonNode badge(String userId, boolean renew) throws Exception {
        return service.postJson("/v1/badges", Map.of("user_ids", List.of(userId), "renew", renew))
                .body()
                .at("/items/0");
    }

    private static void pin(String userId, String pin) throws Exception {
        assertThat(service.send(HttpRequest.newBuilder(
                                        service.address().resolve("/v1/people/" + userId + "/credentials/pin"))
                                .header("X-API-Key", RunningService.KEY)
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"pin\":\"" + pin + "\"}")))
                        .status())
                .isEqualTo(200);
    }
}
