package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Corrections that a second administrator must approve, on a service that demands it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserApprovalsIT extends BrowserFixture {

    private static Page asking;
    private static Page deciding;

    @BeforeAll
    static void start() throws Exception {
        pages = AdminPages.start(folder, Map.of("REQUIRE_APPROVAL", "true"));
        pages.service().enroll("geronimo", Pictures.portrait("geronimo"));
        pages.service().recognize("geronimo", Pictures.portrait("geronimo"));
        asking = pages.signedIn(1280, ColorScheme.LIGHT, pages.newKey("Ana of the office"));
        deciding = pages.signedIn(1280);
    }

    /** Asks for another direction of the person's mark. */
    private static void ask(String direction, String reason) {
        AdminPages.open(asking, "attendance");
        AdminPages.button(asking, "Name of geronimo").first().click();
        asking.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Change the mark")))
                .click();
        asking.getByLabel("Direction").selectOption(direction);
        asking.getByLabel("Reason").fill(reason);
        AdminPages.button(asking, "Change").click();
        assertThat(asking.getByText("Waits for approval")).isVisible();
        asking.keyboard().press("Escape");
    }

    private static Locator count(Page page) {
        return page.locator("nav .count");
    }

    @Test
    @Order(1)
    void ownRequest_waitsAndCanOnlyBeWithdrawn() {
        ask("out", "Pressed the wrong one");
        AdminPages.open(asking, "approvals");

        assertThat(asking.locator("article")).containsText("Pressed the wrong one");
        assertThat(asking.locator("article")).containsText("asked for with key Ana of the office");
        assertThat(count(asking)).hasText("1");
        assertThat(AdminPages.button(asking, "Approve")).hasCount(0);
        AdminPages.button(asking, "Withdraw").click();
        assertThat(asking.getByText("Nothing waits for approval")).isVisible();
        assertThat(count(asking)).hasCount(0);
    }

    @Test
    @Order(2)
    void rejection_needsAReasonAndChangesNothing() {
        ask("out", "I think he left");
        AdminPages.open(deciding, "approvals");
        AdminPages.button(deciding, "Reject").click();
        assertThat(deciding.getByText("A reason of at least 3 letters is needed."))
                .isVisible();
        deciding.getByLabel("Reason").fill("The camera saw him come");
        AdminPages.button(deciding, "Reject").click();

        assertThat(deciding.getByText("Nothing waits for approval")).isVisible();
        AdminPages.button(deciding, "Rejected").click();
        assertThat(deciding.locator("article").first()).containsText("The camera saw him come");
        AdminPages.open(deciding, "attendance");
        assertThat(deciding.locator("tbody tr").first()).containsText("Inside");
    }

    @Test
    @Order(3)
    void approval_carriesTheCorrectionOutAndIsInItsHistory() {
        ask("out", "He left then");
        AdminPages.open(deciding, "overview");
        deciding.reload();
        assertThat(count(deciding)).hasText("1");
        deciding.getByText("1 correction waits for approval").click();
        deciding.getByLabel("Reason").fill("Seen on the list of visitors");
        AdminPages.button(deciding, "Approve").click();
        assertThat(count(deciding)).hasCount(0);

        AdminPages.button(deciding, "Approved").click();
        assertThat(deciding.locator("article")).containsText("Seen on the list of visitors");
        AdminPages.button(deciding, "History of the mark").click();
        assertThat(deciding.locator(".story li")).hasCount(2);
        assertThat(deciding.locator(".story li").last()).containsText("approved with key API_KEY");
        AdminPages.open(deciding, "attendance");
        assertThat(deciding.locator("tbody tr").first()).containsText("Mark missing");
    }
}
