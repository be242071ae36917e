package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The admin pages of a service in a browser. */
record AdminPages(RunningService service, Browser browser, String key) implements AutoCloseable {

    private static final int PATIENCE_MS = 30_000;

    /** A service with the key of the tests, and Chromium; the test is skipped where there is none. */
    static AdminPages start(Path folder, Map<String, String> settings) throws Exception {
        requireBrowser();
        Map<String, String> all = new HashMap<>(settings);
        all.put("API_KEY", RunningService.KEY);
        all.put("TIME_ZONE", SampleDay.ZONE.getId());
        return new AdminPages(RunningService.start(folder, all), Browser.start(List.of()), RunningService.KEY);
    }

    static void requireBrowser() {
        assumeTrue(Browser.program().isPresent(), "chromium is not installed");
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    /** The admin pages at a width, signed in with the key. */
    Page signedIn(int width) throws Exception {
        return signedIn(width, ColorScheme.LIGHT);
    }

    Page signedIn(int width, ColorScheme colours) throws Exception {
        return signedIn(width, colours, key);
    }

    Page signedIn(int width, ColorScheme colours, String with) throws Exception {
        return signedIn(browser.page(width, colours, "geronimo"), with);
    }

    /** Signs in on a page. */
    Page signedIn(Page page, String with) {
        page.navigate(service.address().resolve("/admin").toString());
        page.getByLabel("Admin key").fill(with);
        button(page, "Sign in").click();
        assertThat(page.locator(".shell")).isVisible();
        return page;
    }

    /** Opens a screen, and waits until it has its content. */
    static void open(Page page, String screen) {
        page.evaluate("address => { location.hash = '#/' + address; }", screen);
        page.waitForTimeout(150);
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator(".bone")).hasCount(0);
        if (screen.equals("try")) {
            assertThat(page.locator(".overlay")).isVisible();
        }
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A field by its whole label. */
    static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    /** A new key with all scopes. */
    String newKey(String name) throws Exception {
        return service.postJson("/v1/keys", key, Map.of("name", name, "scopes", List.of("admin")))
                .body()
                .path("key")
                .asText();
    }

    /** What the browser complained about since the last call: nothing is right. */
    void requireNoComplaints() {
        assertThat(browser.takeComplaints()).isEmpty();
    }

    @Override
    public void close() throws Exception {
        browser.close();
        service.close();
    }
}
