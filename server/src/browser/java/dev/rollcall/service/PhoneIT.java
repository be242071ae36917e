package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Geolocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of a person's phone: set up by a link, marks its person where the site is, shows the month. */
class PhoneIT extends KioskFixture {

    private static final String FENCED = "fenced";
    private static final Path PICTURES = Path.of("..", "docs", "img");
    private static final Path PICTURES_IN_THE_DARK = Path.of("target", "phone-dark");

    @BeforeAll
    static void fence() throws Exception {
        Map<String, Object> site = Map.of(
                "site",
                FENCED,
                "name",
                "Fenced yard",
                "min_seconds_between",
                0,
                "max_marks_per_day",
                1000,
                "geofence",
                Map.of("latitude", 36.7213, "longitude", -4.4214, "radius_m", 150));
        assertThat(service.postJson("/v1/sites", site).status()).isEqualTo(201);
    }

    @Test
    void linkOfTheAdmin_setsUpAPhoneThatMarksItsPersonAndShowsTheMonth() throws Exception {
        Page admin = new AdminPages(service, browser, RunningService.KEY).signedIn(1280);
        admin.evaluate("location.hash = '#/people/geronimo'");
        admin.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Make a link"))
                .click();
        assertThat(admin.locator("img.qr")).isVisible();
        String link = admin.getByLabel("Link", new Page.GetByLabelOptions().setExact(true))
                .inputValue();
        assertThat(link).startsWith(service.address().resolve("/me#").toString());

        KioskPage phone = opened(link, 390, 844, ColorScheme.LIGHT);

        assertThat(phone.headline()).hasText("Geronimo Test");
        assertThat(phone.page().url())
                .isEqualTo(service.address().resolve("/me").toString());
        assertThat(admin.locator(".toast")).hasText("Geronimo Test’s phone is set up.");
        assertThat(admin.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke the phone")))
                .hasCount(1);
        assertThat(phone.page().locator(".empty h2")).hasText("No marks in this month");
        assertThat(((Number) phone.page().evaluate("window.cameras")).intValue())
                .isZero();
        phone.shows("geronimo");
        phone.button("Mark").click();
        assertThat(phone.headline()).hasText(Pattern.compile(".*, Geronimo"));
        assertThat(phone.page().locator(".day__mark")).hasText(Pattern.compile("In.*"));
        assertThat(phone.page().locator(".month__sums")).hasText("1 day · 1 mark");
        phone.button("Take this mark back").click();
        assertThat(phone.page().locator(".day__mark .tag")).hasText("voided");
        assertThat(service.marksOf("geronimo")).isEmpty();
        phone.page().reload();
        assertThat(phone.headline()).hasText("Geronimo Test");
        admin.context().close();
        phone.close();
    }

    @Test
    void linkThatSomebodyElseHasUsed_saysWhatToDo() throws Exception {
        String link = link("manuel", "default");
        KioskPage first = opened(link, 390, 844, ColorScheme.LIGHT);
        assertThat(first.headline()).hasText("Manuel Test");

        KioskPage second = opened(link, 390, 844, ColorScheme.LIGHT);

        assertThat(second.headline()).hasText("The link didn’t work");
        assertThat(second.page().locator(".words p")).hasText(Pattern.compile(".*Ask for a new one\\..*"));
        first.page().navigate(link("manuel", "default"));
        assertThat(first.page().locator(".note")).hasText("This phone is set up already. The link was not used.");
        first.close();
        second.close();
    }

    @Test
    void positionInsideOfTheSite_isNeededForAMark() throws Exception {
        KioskPage phone = opened(link("frederik", FENCED), 390, 844, ColorScheme.LIGHT);
        phone.shows("frederik");

        phone.button("Mark").click();
        assertThat(phone.headline()).hasText("Your position is needed here");
        phone.page().context().grantPermissions(List.of("geolocation"));
        phone.page().context().setGeolocation(at(36.75, 5));
        phone.button("Try again").click();
        assertThat(phone.headline()).hasText("You don’t seem to be at work");
        phone.page().context().setGeolocation(at(36.7214, 2000));
        phone.button("Try again").click();
        assertThat(phone.headline()).hasText("Your position isn’t exact enough yet");
        assertThat(service.marksOf("frederik")).isEmpty();
        phone.page().context().setGeolocation(at(36.7214, 12));
        phone.button("Try again").click();

        assertThat(phone.page().locator(".day__mark")).hasCount(1);
        assertThat(service.marksOf("frederik").get(0).path("inside_geofence").asBoolean())
                .isTrue();
        phone.close();
    }

    @Test
    void siteThatAsksForABadge_hasNoButtonForAMark() throws Exception {
        Map<String, Object> site = Map.of("site", "badged", "name", "Badged yard", "identify_by", "badge");
        assertThat(service.postJson("/v1/sites", site).status()).isEqualTo(201);

        KioskPage phone = opened(link("manuel", "badged"), 390, 844, ColorScheme.LIGHT);

        assertThat(phone.page().locator(".note"))
                .hasText("Show your badge first Marks are made at the kiosk here, with your badge.");
        assertThat(phone.page().locator(".home__mark")).hasCount(0);
        phone.close();
    }

    @Test
    void markWithoutAConnection_isSentLaterWithThePositionOfThen() throws Exception {
        KioskPage phone = opened(link("pierre", FENCED), 390, 844, ColorScheme.LIGHT);
        assertThat(phone.headline()).hasText("Pierre Test");
        phone.page().context().grantPermissions(List.of("geolocation"));
        phone.page().context().setGeolocation(at(36.7213, 10));
        phone.shows("pierre");
        phone.page().context().setOffline(true);
        phone.button("Mark").click();
        phone.button("Keep my entry").click();
        assertThat(phone.headline()).hasText("Kept for later");
        assertThat(phone.waiting()).hasText("1");
        phone.page().context().setGeolocation(at(40, 10));

        phone.page().context().setOffline(false);

        assertThat(phone.waiting()).hasCount(0);
        assertThat(phone.page().locator(".day__mark .tag")).hasText("sent late");
        JsonNode mark = service.marksOf("pierre").get(0);
        assertThat(mark.path("source").asText()).isEqualTo("late");
        assertThat(mark.path("inside_geofence").asBoolean()).isTrue();
        phone.close();
    }

    @Test
    void revokedPhone_saysWhatToDo() throws Exception {
        KioskPage phone = opened(link("felipe", "default"), 390, 844, ColorScheme.LIGHT);
        assertThat(phone.headline()).hasText("Felipe Test");
        JsonNode devices = service.get("/v1/devices?user_id=felipe").body();
        service.delete("/v1/devices/" + devices.at("/items/0/id").asText());

        phone.page().evaluate("dispatchEvent(new Event('focus'))");

        assertThat(phone.headline()).hasText("This phone can’t mark any more");
        assertThat(phone.page().locator(".words p")).hasText(Pattern.compile(".*Ask there for a new link\\."));
        assertThat(phone.page().content()).doesNotContain("Felipe");
        assertThat((String) phone.page().evaluate("JSON.stringify(localStorage)"))
                .doesNotContain("Felipe", "felipe");
        phone.close();
    }

    @Test
    void everyScreen_fitsAndIsCleanForAxe() throws Exception {
        String reason = "Forgot to mark";
        String at = Instant.now().minusSeconds(60).toString();
        service.postJson(
                "/v1/attendance", Map.of("user_id", "elizabeth", "at", at, "direction", "in", "reason", reason));
        for (int[] size : new int[][] {{320, 568}, {390, 844}}) {
            for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                KioskPage empty = opened(service.address().resolve("/me").toString(), size[0], size[1], colours);
                assertThat(empty.headline()).hasText("This phone isn’t set up yet");
                everyWay(empty, "without a key");
                empty.close();
                KioskPage phone = opened(link("elizabeth", BUSY), size[0], size[1], colours);
                assertThat(phone.page().locator(".day__mark").first()).isVisible();
                everyWay(phone, "month");
                picture(phone, "phone-month", size, colours);
                phone.button("Mark").click();
                assertThat(phone.headline()).hasText("Look at the camera");
                assertThat(phone.page().locator("video")).isVisible();
                everyWay(phone, "mirror");
                phone.shows("william");
                assertThat(phone.button("Try again")).isVisible();
                everyWay(phone, "refusal");
                phone.shows("elizabeth");
                phone.button("Try again").click();
                assertThat(phone.page().locator(".mark")).isVisible();
                picture(phone, "phone-marked", size, colours);
                phone.close();
                revokeAll("elizabeth");
            }
        }
    }

    @Test
    void monthWithAShift_hasHoursAndStatusOfEachDay() throws Exception {
        LocalDate tenth = LocalDate.now(ZONE).minusMonths(1).withDayOfMonth(10);
        Map<String, Object> shift = Map.of(
                "shift",
                "week",
                "name",
                "Week",
                "start",
                "08:00",
                "end",
                "16:00",
                "days",
                List.of(1, 2, 3, 4, 5, 6, 7));
        service.postJson("/v1/shifts", shift);
        service.postJson(
                "/v1/assignments", Map.of("shift", "week", "user_id", "segoyewatha", "from", tenth.toString()));
        service.postJson(
                "/v1/holidays", Map.of("date", LocalDate.now(ZONE).toString(), "name", "Feast of the town <b>"));
        mark("segoyewatha", tenth.atTime(8, 12), "in");
        mark("segoyewatha", tenth.atTime(16, 30), "out");
        for (int[] size : new int[][] {{320, 568}, {390, 844}}) {
            for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                KioskPage phone = opened(link("segoyewatha", "default"), size[0], size[1], colours);
                Locator days = phone.page().locator(".day");
                assertThat(days).hasText(Pattern.compile(".*Feast of the town <b>"));
                phone.button("Month before").click();

                assertThat(days).hasText(Pattern.compile(".*8 h 18Late.*"));
                assertThat(phone.page().locator(".month__sums").nth(1)).hasText("8 h 18 worked, 8 h 00 planned");
                everyWay(phone, "month with hours");
                picture(phone, "phone-hours", size, colours);
                phone.close();
                revokeAll("segoyewatha");
            }
        }
    }

    private static void mark(String person, LocalDateTime time, String direction) throws Exception {
        Map<String, Object> mark = Map.of(
                "user_id",
                person,
                "at",
                time.atZone(ZONE).toInstant().toString(),
                "direction",
                direction,
                "reason",
                "From the list");
        assertThat(service.postJson("/v1/attendance", mark).status()).isEqualTo(201);
    }

    @Test
    void receiptOfAMark_isSavedAsASignedFile() throws Exception {
        LocalDate day = LocalDate.now(ZONE).withDayOfMonth(1);
        mark("astronaut", day.atTime(0, 1), "in");
        String id = service.get("/v1/attendance?user_id=astronaut")
                .body()
                .at("/items/0/id")
                .asText();
        KioskPage phone = opened(link("astronaut", "default"), 390, 844, ColorScheme.LIGHT);
        Locator button = phone.button("Receipt of In 00:01");
        button.focus();

        Download file =
                phone.page().waitForDownload(() -> phone.page().keyboard().press("Enter"));

        assertThat(file.suggestedFilename()).isEqualTo("rollcall-receipt-" + id + ".json");
        String[] parts = new ObjectMapper()
                .readTree(Files.readString(file.path()))
                .path("receipt")
                .asText()
                .split("\\.");
        JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(parts).hasSize(3);
        assertThat(claims.path("sub").asText()).isEqualTo("astronaut");
        assertThat(claims.at("/mark/id").asText()).isEqualTo(id);
        phone.page().context().setOffline(true);
        button.click();
        assertThat(phone.page().locator(".note--bad")).containsText("can’t be reached");
        phone.close();
    }

    private static void revokeAll(String person) throws Exception {
        for (JsonNode device :
                service.get("/v1/devices?user_id=" + person).body().path("items")) {
            service.delete("/v1/devices/" + device.path("id").asText());
        }
    }

    private static Geolocation at(double latitude, double accuracy) {
        return new Geolocation(latitude, -4.4214).setAccuracy(accuracy);
    }

    private static String link(String person, String site) throws Exception {
        return service.postJson("/v1/people/" + person + "/phone-link", Map.of("site", site))
                .body()
                .path("url")
                .asText();
    }

    private static KioskPage opened(String address, int width, int height, ColorScheme colours) {
        return KioskPage.at(address, browser, width, height, colours);
    }

    private static void everyWay(KioskPage phone, String screen) {
        fits(phone, screen);
        List<String> faults = new AxeBuilder(phone.page())
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")).analyze().getViolations().stream()
                        .map(rule -> screen + ": " + rule.getHelp() + " "
                                + rule.getNodes().get(0).getHtml())
                        .toList();
        assertThat(faults).isEmpty();
        phone.page().evaluate("document.documentElement.dir = 'rtl'");
        fits(phone, screen + ", right to left");
        phone.page().evaluate("document.documentElement.dir = 'ltr'");
    }

    /** Nothing is wider than the screen, and no word is cut off. */
    private static void fits(KioskPage phone, String screen) {
        Object outside = phone.page().evaluate("""
            () => [...document.querySelectorAll('h1, h2, h3, p:not(.is-empty), button, select, time, .tag, .portal__in')]
              .filter((one) => one.checkVisibility() && one.getClientRects().length)
              .filter((one) => {
                const box = one.getBoundingClientRect();
                return box.left < -1 || box.right > innerWidth + 1
                  || (one.tagName !== 'SELECT' && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 && getComputedStyle(one).display !== 'inline');
              })
              .map((one) => one.outerHTML.slice(0, 120))""");
        assertThat((List<?>) outside)
                .as(screen + " at " + phone.page().viewportSize().width)
                .isEmpty();
        assertThat(phone.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(screen)
                .isEqualTo(true);
    }

    private static void picture(KioskPage phone, String name, int[] size, ColorScheme colours) throws IOException {
        Path folder = Files.createDirectories(colours == ColorScheme.LIGHT ? PICTURES : PICTURES_IN_THE_DARK);
        phone.page().waitForTimeout(400);
        phone.page().screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + "-" + size[0] + ".png")));
    }
}
