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

/** The admin pages of a service in a browser. */
record AdminPages(RunningService service, Browser browser, String key) {

    /** The admin pages at a width, signed in with the key. */
    Page signedIn(int width) throws Exception {
        return signedIn(width, ColorScheme.LIGHT);
    }

    Page signedIn(int width, ColorScheme colours) throws Exception {
        return signedIn(width, colours, key);
    }

    Page signedIn(int width, ColorScheme colours, String with) throws Exception {
        Page page = browser.page(width, colours, "geronimo");
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
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
