package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The pages in Chromium, on one service from its first start on; skipped where there is no Chromium. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserIT extends BrowserFixture {

    private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/admin#/setup/[A-Za-z0-9_-]{43})");
    private static final Pattern KEY = Pattern.compile("rk_[A-Za-z0-9_-]{43}");

    private static RunningService service;
    private static Browser browser;
    private static String key = "";

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.startOnNewData(folder, Map.of("MIN_SECONDS_BETWEEN_MARKS", "0"));
        browser = Browser.start(List.of());
        key = printed(KEY).group();
        pages = new AdminPages(service, browser, key);
    }

    @Test
    @Order(1)
    void printedLink_leadsThroughTheSetUpToTheFirstMark() throws Exception {
        Page page = browser.page(1280, ColorScheme.LIGHT, "geronimo");
        page.navigate(service.address().resolve(printed(LINK).group(1)).toString());
        page.getByLabel("Name of the place").fill("Workshop");
        AdminPages.button(page, "Next").click();
        assertThat(page.locator("h1")).hasText("Your key");
        page.reload();
        page.getByLabel("Your name").fill("office");
        AdminPages.button(page, "Make my key").click();
        assertThat(page.locator(".secret code")).containsText("rk_");
        AdminPages.button(page, "I have kept it").click();
        assertThat(page.locator(".secret code")).hasText("TLS=local ./rollcall serve");
        AdminPages.button(page, "Next").click();
        AdminPages.button(page, "Enroll the first person").click();
        enrollByCamera(page, "Geronimo", "geronimo");
        AdminPages.button(page, "Finish").click();

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
        AdminPages.button(page, "Take three pictures").click();
        assertThat(page.locator(".shots li.done")).hasCount(3, new HasCountOptions().setTimeout(60_000));
        AdminPages.button(page, "Done").click();
    }

    @Test
    @Order(2)
    void correctedMark_isShownAtOnceWithItsHistory() throws Exception {
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "attendance");
        AdminPages.button(page, "Geronimo").first().click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Change the mark")))
                .click();
        AdminPages.button(page, "Change").click();
        assertThat(page.getByText("A reason of at least 3 letters is needed.")).isVisible();
        page.getByLabel("Direction").selectOption("out");
        page.getByLabel("Reason").fill("He left then");
        AdminPages.button(page, "Change").click();

        assertThat(page.locator("dialog .mark").first()).containsText("Out");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^History of")))
                .first()
                .click();
        assertThat(page.locator(".story q")).containsText("He left then");
        assertThat(page.locator(".story")).containsText("with key " + firstKeyName());
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.locator("tbody tr").first()).containsText("Mark missing");
    }

    private static String firstKeyName() throws Exception {
        return service.get("/v1/keys", key).body().at("/items/0/name").asText();
    }

    @Test
    @Order(3)
    void kiosk_isPairedByTheCodeThatIsShown() throws Exception {
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "kiosks");
        AdminPages.button(page, "Pair a kiosk").first().click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("North gate");
        AdminPages.button(page, "Get the code").click();
        String code = page.locator(".code-big").textContent();
        assertThat(service.postJson("/v1/pairings/redeem", Map.of("code", code)).status())
                .isEqualTo(201);

        assertThat(page.locator("article h2")).containsText("North gate");
    }

    @Test
    @Order(4)
    void exportOfADay_isAFileForSpreadsheets() throws Exception {
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "attendance");
        Download export =
                page.waitForDownload(() -> AdminPages.button(page, "Export").click());

        assertThat(export.suggestedFilename()).matches("attendance-\\d{4}-\\d\\d-\\d\\d\\.csv");
        assertThat(Files.readString(export.path()))
                .startsWith("\ufeffuser_id,name,work_date,in,out,hours,state\r\n")
                .contains("\r\ngeronimo,Geronimo,")
                .endsWith("\r\n");
    }

    @Test
    @Order(5)
    void withdrawnKiosk_isRefusedAtOnce() throws Exception {
        JsonNode pairing = service.postJson("/v1/pairings", key, Map.of("name", "Back door", "site", "default"))
                .body();
        String device = service.postJson(
                        "/v1/pairings/redeem",
                        Map.of("code", pairing.path("code").asText()))
                .body()
                .path("key")
                .asText();
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "kiosks");
        page.locator("article")
                .filter(new Locator.FilterOptions().setHasText("Back door"))
                .getByText("Revoke")
                .click();
        assertThat(page.locator("dialog footer button").last()).isDisabled();
        page.getByLabel("Type Back door to confirm").fill("Back door");
        page.locator("dialog footer button").last().click();
        assertThat(page.locator("dialog")).hasCount(0);

        assertThat(service.get("/v1/directory", device).status()).isEqualTo(401);
    }

    @Test
    @Order(7)
    void keyboardAlone_isEnoughToCorrectAMark() throws Exception {
        Page page = browser.page(1280, ColorScheme.LIGHT, "geronimo");
        page.navigate(service.address().resolve("/admin").toString());
        page.getByLabel("Admin key").waitFor();
        page.keyboard().type(key);
        page.keyboard().press("Enter");
        assertThat(page.locator(".shell")).isVisible();
        tabTo(page, "Attendance");
        page.keyboard().press("Enter");
        assertThat(AdminPages.button(page, "Geronimo").first()).isVisible();
        tabTo(page, "Geronimo");
        page.keyboard().press("Enter");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Change the mark")))
                .waitFor();
        tabTo(page, "Change the mark");
        page.keyboard().press("Enter");
        tabTo(page, "Direction");
        page.keyboard().press("i");
        tabTo(page, "Reason");
        page.keyboard().type("He came after all");
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog .mark").first()).containsText("In");
        assertThat(page.locator("dialog form")).hasCount(0);
        page.keyboard().press("Tab");
        assertThat((boolean) page.evaluate("document.activeElement.closest('dialog') !== null"))
                .isTrue();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(AdminPages.button(page, "Geronimo").first()).isFocused();
    }

    /** Presses the tab key until something has the focus whose name begins so. */
    private static void tabTo(Page page, String name) {
        String focused = "";
        for (int presses = 0; presses < 60 && !focused.startsWith(name); presses++) {
            page.keyboard().press("Tab");
            focused = (String) page.evaluate("""
                () => {
                  const { activeElement: one } = document;
                  return (one.ariaLabel ?? one.labels?.[0]?.textContent ?? one.textContent).trim();
                }\
                """);
        }
        assertThat(focused).startsWith(name);
    }

    @Test
    @Order(8)
    void revokedKey_endsItsSessionsAtOnce() throws Exception {
        String admin = pages.newKey("leaver");
        Page page = pages.signedIn(1280, ColorScheme.LIGHT, admin);
        for (JsonNode known : service.get("/v1/keys", key).body().path("items")) {
            if (known.path("name").asText().equals("leaver")) {
                assertThat(service.delete("/v1/keys/" + known.path("id").asText(), key)
                                .status())
                        .isEqualTo(200);
            }
        }
        page.evaluate("location.hash = '#/people'");

        assertThat(page.getByLabel("Admin key")).isVisible();
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
