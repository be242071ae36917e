package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The screen of webhooks: from the empty list to a disabled one, before a receiver whose answer the tests choose. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserWebhooksIT extends BrowserFixture {

    private static final int GONE = 410;
    private static final AtomicInteger ANSWER = new AtomicInteger(204);
    private static final AtomicInteger RECEIVED = new AtomicInteger();
    private static final String NAME = "Payroll <b>\u200fשכר</b>";

    private static HttpServer receiver;
    private static Page page;

    @BeforeAll
    static void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", BrowserWebhooksIT::answer);
        receiver.start();
        pages = AdminPages.start(folder, Map.of("WEBHOOK_TARGETS", "private"));
        page = pages.signedIn(1280);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        RECEIVED.incrementAndGet();
        exchange.sendResponseHeaders(ANSWER.get(), -1);
        exchange.close();
    }

    @AfterAll
    static void stopReceiver() {
        receiver.stop(0);
    }

    private static Locator dialog(String name) {
        return page.locator("dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    private static void openLog() {
        AdminPages.open(page, "webhooks");
        page.locator("article h2 a").click();
        assertThat(page.locator("main table")).isVisible();
    }

    /** The state of the latest delivery, once it is that. */
    private static void awaitLatest(String state) {
        for (int i = 0; i < 100; i++) {
            AdminPages.button(page, "Refresh").click();
            page.waitForTimeout(200);
            if (page.locator("main tbody tr").first().textContent().contains(state)) {
                return;
            }
        }
        throw new AssertionError("never " + state);
    }

    @Test
    @Order(1)
    void emptyList_saysWhatItIsFor() {
        AdminPages.open(page, "webhooks");

        assertThat(page.locator(".empty")).containsText("No webhooks yet");
        assertThat(page.locator(".empty")).containsText("need no webhook");
        requireClean(page, "empty");
    }

    @Test
    @Order(2)
    void addressThatIsNotAllowed_isRefusedInTheForm() {
        page.locator(".empty button").click();
        AdminPages.field(page, "Name").fill(NAME);
        AdminPages.field(page, "Address").fill("ftp://example.org/x");
        dialog("Create").click();

        assertThat(page.locator("dialog .note--bad")).isVisible();
        requireClean(page, "refused address");
        page.keyboard().press("Escape");
    }

    @Test
    @Order(3)
    void newWebhook_isMadeWithTheKeyboardAndShowsItsSecretOnce() {
        AdminPages.open(page, "webhooks");
        AdminPages.button(page, "New webhook").first().focus();
        page.keyboard().press("Enter");
        assertThat(AdminPages.field(page, "Name")).isFocused();
        page.keyboard().insertText(NAME);
        page.keyboard().press("Tab");
        page.keyboard().insertText("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?x=%3Ci%3E");
        page.keyboard().press("Tab");
        page.keyboard().press("Space");
        dialog("Create").focus();
        page.keyboard().press("Enter");

        Locator secret = page.locator("dialog .secret code");
        assertThat(secret).hasText(Pattern.compile("whsec_.{40,}"));
        requireClean(page, "secret");
        String text = secret.textContent();
        dialog("Done").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("article h2")).hasText(NAME);
        assertThat(page.locator("article")).containsText("A mark");
        assertThat(page.content()).doesNotContain(text);
        page.reload();
        assertThat(page.locator("article h2")).hasText(NAME);
        assertThat(page.content()).doesNotContain(text);
        assertThat(page.locator("article :is(i, h2 b)")).hasCount(0);
    }

    @Test
    @Order(4)
    void test_isDeliveredAndCanBeDeliveredAgain() {
        AdminPages.open(page, "webhooks");
        AdminPages.button(page, "Send a test").click();
        assertThat(page.locator(".toast").first()).hasText("The test event is on its way");
        openLog();
        awaitLatest("Delivered");
        assertThat(page.locator("main tbody tr")).hasCount(1);
        AdminPages.button(page, "Deliver again").click();
        for (int i = 0; i < 100 && RECEIVED.get() < 2; i++) {
            page.waitForTimeout(200);
        }

        assertThat(RECEIVED.get()).isEqualTo(2);
        awaitLatest("Delivered");
        requireClean(page, "log");
    }

    @Test
    @Order(5)
    void eventThatIsNotAccepted_waitsAndSaysWhy() {
        ANSWER.set(500);
        AdminPages.open(page, "webhooks");
        AdminPages.button(page, "Send a test").click();
        openLog();
        awaitLatest("500");

        assertThat(page.locator("main tbody tr").first()).containsText("Waiting");
        AdminPages.open(page, "health");
        AdminPages.open(page, "webhooks");
        assertThat(page.locator("article")).containsText("Failing since");
    }

    @Test
    @Order(6)
    void receiverThatIsGone_disablesTheWebhookUntilItIsEnabled() {
        ANSWER.set(GONE);
        for (int i = 0; i < 150 && page.locator("article .note--bad").count() == 0; i++) {
            AdminPages.open(page, "health");
            AdminPages.open(page, "webhooks");
            page.waitForTimeout(200);
        }
        assertThat(page.locator("article .tag")).hasText("Disabled");
        assertThat(page.locator("article .note--bad")).containsText("its events wait");
        requireClean(page, "disabled");
        ANSWER.set(204);
        AdminPages.button(page, "Enable").click();
        assertThat(page.locator("article .tag")).hasText("Enabled");
        openLog();
        awaitLatest("Delivered");
    }

    @Test
    @Order(7)
    void newSecret_isShownOnce() {
        AdminPages.open(page, "webhooks");
        AdminPages.button(page, "New secret").click();
        dialog("New secret").click();

        assertThat(page.locator("dialog .secret code")).hasText(Pattern.compile("whsec_.{40,}"));
        dialog("Done").click();
        assertThat(page.locator("dialog")).hasCount(0);
    }

    @ParameterizedTest
    @Order(8)
    @ValueSource(ints = {320, 800, 1280})
    void everyView_fitsInBothDirectionsOfWriting(int width) {
        page.setViewportSize(width, 800);
        openLog();
        requireFitting(page, "log");
        picture("log-" + width);
        AdminPages.button(page, "New webhook").click();
        requireFitting(page, "form");
        picture("form-" + width);
        page.keyboard().press("Escape");
        page.setViewportSize(1280, 800);
    }

    @ParameterizedTest
    @Order(9)
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void everyView_isCleanForAxe(ColorScheme colours) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
        openLog();
        requireClean(page, "log");
        AdminPages.button(page, "New webhook").click();
        requireClean(page, "form");
        page.keyboard().press("Escape");
    }

    @Test
    @Order(10)
    void webhook_isDeletedOnceItsNameIsTyped() {
        AdminPages.open(page, "webhooks");
        page.locator("article").getByRole(AriaRole.BUTTON).last().click();
        assertThat(dialog("Remove")).isDisabled();
        page.locator("dialog input").fill(NAME);
        dialog("Remove").click();

        assertThat(page.locator(".empty")).isVisible();
    }

    private static void picture(String name) {
        page.waitForTimeout(300);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "look", "webhooks-" + name + ".png"))
                .setFullPage(true));
    }
}
