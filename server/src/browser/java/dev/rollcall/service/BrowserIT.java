package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The pages in Chromium, on one service from its first start on; skipped where there is no Chromium. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserIT {

    private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/admin#/setup/[A-Za-z0-9_-]{43})");
    private static final Pattern KEY = Pattern.compile("rk_[A-Za-z0-9_-]{43}");
    private static final List<String> SCREENS = List.of(
            "overview",
            "attendance",
            "people",
            "people?add=1",
            "people/geronimo",
            "refused",
            "alarms",
            "kiosks",
            "keys",
            "sites",
            "sites/default",
            "sites/default/accuracy",
            "settings",
            "health",
            "try");

    private static final ZoneId ZONE = ZoneId.of("Europe/Madrid");
    private static final List<String> OTHERS =
            List.of("astronaut", "elizabeth", "felipe", "frederik", "manuel", "pierre", "segoyewatha", "william");

    /** Names that become something else where they are taken for markup, a format or a formula. */
    private static final List<String> NAUGHTY = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "'; drop table people; --",
            "<svg/onload=alert(1)>",
            "{{constructor.constructor('alert(1)')()}}",
            "${alert(1)}",
            "%s%d{name}",
            "=HYPERLINK(\"http://a\")",
            "javascript:alert(1)",
            "&lt;b&gt;bold&lt;/b&gt;",
            "مرحبا بالعالم",
            "Zalgo t̷͉̕ȅ̸x̵t");

    @TempDir
    static Path folder;

    private static RunningService service;
    private static Browser browser;
    private static String key = "";

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.program().isPresent(), "chromium is not installed");
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        service = RunningService.startOnNewData(folder, Map.of("MIN_SECONDS_BETWEEN_MARKS", "0"));
        browser = Browser.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (service != null) {
            browser.close();
            service.close();
        }
    }

    @AfterEach
    void nothingIsAgainstThePolicy() {
        assertThat(browser.takeComplaints()).isEmpty();
    }

    @Test
    @Order(1)
    void printedLink_leadsThroughTheSetUpToTheFirstMark() throws Exception {
        key = printed(KEY).group();
        Page page = browser.page(1280, ColorScheme.LIGHT, "geronimo");
        page.navigate(service.address().resolve(printed(LINK).group(1)).toString());
        page.getByLabel("Name of the place").fill("Workshop");
        button(page, "Next").click();
        assertThat(page.locator("h1")).hasText("Your key");
        page.reload();
        page.getByLabel("Your name").fill("office");
        button(page, "Make my key").click();
        assertThat(page.locator(".secret code")).containsText("rk_");
        button(page, "I have kept it").click();
        button(page, "Next").click();
        button(page, "Enroll the first person").click();
        enrollByCamera(page, "Geronimo", "geronimo");
        button(page, "Finish").click();

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Today")))
                .isVisible();
        service.postJson(
                "/recognize",
                key,
                Map.of("user_id", "geronimo", "image", RunningService.base64(Pictures.portrait("geronimo"))));
        assertThat(page.locator(".figures a").first()).containsText("1");
        assertThat(page.locator("time").last()).isVisible();
    }

    private static void enrollByCamera(Page page, String name, String id) {
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
        page.getByLabel("Number", new Page.GetByLabelOptions().setExact(true)).fill(id);
        page.getByRole(AriaRole.CHECKBOX).check();
        button(page, "Take three pictures").click();
        assertThat(page.locator(".shots li.done"))
                .hasCount(
                        3,
                        new com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions().setTimeout(60_000));
        button(page, "Done").click();
    }

    @Test
    @Order(2)
    void correctedMark_isShownAtOnceWithItsHistory() throws Exception {
        Page page = signedIn(1280);
        open(page, "attendance");
        button(page, "Geronimo").first().click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Change the mark")))
                .click();
        button(page, "Change").click();
        assertThat(page.getByText("A reason of at least 3 letters is needed.")).isVisible();
        page.getByLabel("Direction").selectOption("out");
        page.getByLabel("Reason").fill("He left then");
        button(page, "Change").click();

        assertThat(page.locator("dialog .mark").first()).containsText("Out");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^History of")))
                .first()
                .click();
        assertThat(page.locator(".story q")).containsText("He left then");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.locator("tbody tr").first()).containsText("Mark missing");
    }

    @Test
    @Order(3)
    void kiosk_isPairedByTheCodeThatIsShown() throws Exception {
        Page page = signedIn(1280);
        open(page, "kiosks");
        button(page, "Pair a kiosk").first().click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("North gate");
        button(page, "Get the code").click();
        String code = page.locator(".code-big").textContent();
        assertThat(service.postJson("/v1/pairings/redeem", Map.of("code", code)).status())
                .isEqualTo(201);

        assertThat(page.locator("article h2")).containsText("North gate");
    }

    @Test
    @Order(4)
    void naughtyNames_areShownAsText() throws Exception {
        Page page = signedIn(1280);
        for (String name : NAUGHTY) {
            rename(name);
            for (String screen : NAUGHTY.indexOf(name) < 2
                    ? List.of("attendance", "overview", "people/geronimo")
                    : List.of("people/geronimo")) {
                open(page, screen);
                page.reload();
                assertThat(page.getByText(name).first()).isVisible();
            }
        }
        rename("Geronimo");
    }

    private static void rename(String name) throws Exception {
        String change = new JsonObject().put("name", name).put("group", name).encode();
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address().resolve("/v1/people/geronimo"))
                .header("X-API-Key", key)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(change));
        assertThat(service.send(request).status()).as(name).isEqualTo(200);
    }

    @Test
    @Order(5)
    void everyScreen_fitsAndIsCleanForAxe() throws Exception {
        fillADay();
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = signedIn(1280, colours);
            for (String screen : SCREENS) {
                open(page, screen);
                List<String> faults = new AxeBuilder(page)
                                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"))
                                .analyze()
                                .getViolations()
                                .stream()
                                .map(rule -> screen + ", " + colours + ": " + rule.getHelp() + " "
                                        + rule.getNodes().get(0).getHtml())
                                .toList();
                assertThat(faults).isEmpty();
            }
            page.context().close();
        }
        for (int width : new int[] {320, 800, 1280}) {
            Page page = signedIn(width);
            for (String screen : SCREENS) {
                open(page, screen);
                assertThat(overflow(page)).as(screen + " at " + width).isLessThanOrEqualTo(0);
                page.evaluate("document.documentElement.dir = 'rtl'");
                assertThat(overflow(page))
                        .as(screen + " at " + width + ", right to left")
                        .isLessThanOrEqualTo(0);
                page.evaluate("document.documentElement.dir = 'ltr'");
            }
            page.context().close();
        }
    }

    /** Yesterday, so that the pictures don't depend on the time of day. */
    @Test
    @Order(6)
    void picturesOfTheDocuments_areTaken() throws Exception {
        Path folder = Files.createDirectories(Path.of("..", "docs", "img"));
        for (int width : new int[] {320, 800, 1280}) {
            Page page = signedIn(width);
            open(page, "attendance?day=" + yesterday());
            page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("attendance-" + width + ".png")));
            if (width == 1280) {
                open(page, "try");
                assertThat(page.locator(".overlay circle")).hasCount(68);
                page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("try-a-face.png")));
            }
            page.context().close();
        }
    }

    private static LocalDate yesterday() {
        return LocalDate.now(ZONE).minusDays(1);
    }

    /** Enrolls everybody of the portraits, with marks of yesterday: one has no second one, one has none. */
    private static void fillADay() throws Exception {
        for (int i = 0; i < OTHERS.size(); i++) {
            String name = OTHERS.get(i);
            String image = RunningService.base64(Pictures.portrait(name));
            String shown = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            assertThat(service.postJson(
                                    "/enroll",
                                    key,
                                    Map.of(
                                            "user_id", name,
                                            "name", shown,
                                            "image", image,
                                            "consent_at", "2026-09-01T08:00:00Z"))
                            .status())
                    .as(name)
                    .isEqualTo(201);
            if (i != 5) {
                mark(name, image, LocalTime.of(7, 38).plusMinutes(7L * i));
            }
            if (i != 3 && i != 5) {
                mark(name, image, LocalTime.of(16, 2).plusMinutes(9L * i));
            }
        }
    }

    private static void mark(String userId, String image, LocalTime time) throws Exception {
        String at = yesterday().atTime(time).atZone(ZONE).toInstant().toString();
        assertThat(service.postJson("/recognize", key, Map.of("user_id", userId, "image", image, "captured_at", at))
                        .status())
                .as(userId)
                .isEqualTo(200);
    }

    private static int overflow(Page page) {
        return (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    @Test
    @Order(7)
    void keyboardAlone_isEnough() throws Exception {
        Page page = browser.page(1280, ColorScheme.LIGHT, "geronimo");
        page.navigate(service.address().resolve("/admin").toString());
        page.getByLabel("Admin key").waitFor();
        page.keyboard().type(key);
        page.keyboard().press("Enter");
        assertThat(page.locator(".shell")).isVisible();
        open(page, "people");
        Locator name = button(page, "Geronimo").first();
        name.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog")).isVisible();
        assertThat(page.locator(".bone")).hasCount(0);
        page.keyboard().press("Tab");
        assertThat((boolean) page.evaluate("document.activeElement.closest('dialog') !== null"))
                .isTrue();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(name).isFocused();
    }

    @Test
    @Order(8)
    void revokedKey_endsItsSessionsAtOnce() throws Exception {
        String admin = service.postJson("/v1/keys", key, Map.of("name", "leaver", "scopes", List.of("admin")))
                .body()
                .path("key")
                .asText();
        Page page = signedIn(1280, ColorScheme.LIGHT, admin);
        for (JsonNode known : service.get("/v1/keys", key).body().path("items")) {
            if (known.path("name").asText().equals("leaver")) {
                service.delete("/v1/keys/" + known.path("id").asText(), key);
            }
        }
        page.evaluate("location.hash = '#/people'");

        assertThat(page.getByLabel("Admin key")).isVisible();
    }

    private static Page signedIn(int width) throws Exception {
        return signedIn(width, ColorScheme.LIGHT);
    }

    private static Page signedIn(int width, ColorScheme colours) throws Exception {
        return signedIn(width, colours, key);
    }

    private static Page signedIn(int width, ColorScheme colours, String with) throws Exception {
        Page page = browser.page(width, colours, "geronimo");
        page.navigate(service.address().resolve("/admin").toString());
        page.getByLabel("Admin key").fill(with);
        button(page, "Sign in").click();
        assertThat(page.locator(".shell")).isVisible();
        return page;
    }

    private static void open(Page page, String screen) {
        page.evaluate("address => { location.hash = '#/' + address; }", screen);
        page.waitForTimeout(150);
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator(".bone")).hasCount(0);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Matcher printed(Pattern pattern) throws Exception {
        Matcher printed = pattern.matcher(service.log());
        for (int attempt = 0; attempt < 200 && !printed.find(); attempt++) {
            Thread.sleep(50);
            printed = pattern.matcher(service.log());
        }
        return printed;
    }
}
