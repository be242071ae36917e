package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A shift from its form to a person's month. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserShiftsIT {

    @TempDir
    static Path folder;

    private static AdminPages pages;
    private static Page page;
    private static LocalDate monday;

    @BeforeAll
    static void start() throws Exception {
        monday = LocalDate.now(SampleDay.ZONE).with(TemporalAdjusters.previous(DayOfWeek.MONDAY));
        pages = AdminPages.start(folder, Map.of());
        pages.service().enroll("geronimo", Pictures.portrait("geronimo"));
        mark(LocalTime.of(8, 12), "in");
        mark(LocalTime.of(16, 30), "out");
        page = pages.signedIn(1280);
    }

    private static void mark(LocalTime time, String direction) throws Exception {
        String at = monday.atTime(time).atZone(SampleDay.ZONE).toInstant().toString();
        pages.service()
                .postJson(
                        "/v1/attendance",
                        Map.of("user_id", "geronimo", "at", at, "direction", direction, "reason", "Forgot the card"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (pages != null) {
            pages.close();
        }
    }

    @AfterEach
    void nothingIsAgainstThePolicy() {
        pages.requireNoComplaints();
    }

    @Test
    @Order(2)
    void newShift_isAssignedToAPerson() {
        AdminPages.open(page, "shifts/+");
        AdminPages.field(page, "Id").fill("office");
        page.locator("dialog")
                .getByLabel("Name", new Locator.GetByLabelOptions().setExact(true))
                .fill("Office");
        AdminPages.button(page, "Save").click();
        assertThat(page.locator("article")).containsText("Office");

        AdminPages.open(page, "shifts/office/people");
        page.getByLabel("Who works it").selectOption("user_id");
        AdminPages.field(page, "The person’s number").fill("geronimo");
        AdminPages.field(page, "First day").fill("2026-01-01");
        AdminPages.button(page, "Assign").click();
        assertThat(page.locator("dialog .list")).containsText("until further notice");
        page.keyboard().press("Escape");
    }

    @Test
    @Order(1)
    void emptyScreen_saysWhatToDoFirst() {
        AdminPages.open(page, "shifts");

        assertThat(page.locator(".empty")).containsText("No shift yet");
        assertThat(page.getByText("No holidays yet.")).isVisible();
        BrowserFixture.requireClean(page, "without shifts");
    }

    @Test
    @Order(5)
    void keyboardAlone_opensAShiftAndEndsAnAssignment() {
        AdminPages.open(page, "shifts");
        Locator rules = page.locator("article button").first();
        rules.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog h2")).hasText("Office");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(rules).isFocused();
        page.locator("article button").nth(1).focus();
        page.keyboard().press("Enter");
        page.locator("dialog .list button").focus();
        page.keyboard().press("Enter");

        assertThat(page.locator("dialog .list button")).hasCount(0);
        page.keyboard().press("Escape");
    }

    @Test
    @Order(6)
    void holiday_isAddedByHandAndReturnsEachYear() {
        AdminPages.open(page, "shifts");
        AdminPages.field(page, "Date").fill("2026-01-06");
        AdminPages.field(page, "Name").fill("Epiphany <b>&amp;</b>");
        page.getByLabel("each year").check();
        AdminPages.button(page, "Add").click();

        assertThat(page.locator("section .list b")).hasText("Epiphany <b>&amp;</b>");
        assertThat(page.locator("section .list")).containsText("each year");
        assertThat(page.locator("section .list b b")).hasCount(0);
        AdminPages.button(page, "Remove Epiphany <b>&amp;</b>").click();
    }

    @Test
    @Order(7)
    void fileThatIsNoCalendar_isRefusedWithItsReason() {
        AdminPages.open(page, "shifts");
        page.locator("input[type=file]")
                .setInputFiles(
                        new FilePayload("days.ics", "text/calendar", "no calendar".getBytes(StandardCharsets.UTF_8)));

        assertThat(page.locator("section .note--bad")).isVisible();
        BrowserFixture.requireClean(page, "refused file");
    }

    @Test
    @Order(3)
    void trial_showsTheDaysThatWouldChange() {
        AdminPages.open(page, "shifts/office");
        AdminPages.field(page, "Grace on arrival (minutes)").fill("15");
        AdminPages.button(page, "Try on the last 31 days").click();

        assertThat(page.locator("dialog section p b")).hasText("1 day would change");
        assertThat(page.locator("dialog tbody tr")).hasCount(1);
        assertThat(page.locator("dialog tbody tr")).containsText("Late");
        assertThat(page.locator("dialog tbody tr")).containsText("Present");
        page.keyboard().press("Escape");
    }

    @Test
    @Order(4)
    void changeOfSomebodyElse_isNotOverwritten() throws Exception {
        AdminPages.open(page, "shifts/office");
        assertThat(AdminPages.button(page, "Save")).isEnabled();
        pages.service()
                .send(HttpRequest.newBuilder(pages.service().address().resolve("/v1/shifts/office"))
                        .header("X-API-Key", RunningService.KEY)
                        .header("Content-Type", "application/json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"name\":\"Headquarters\"}")));

        AdminPages.button(page, "Save").click();

        assertThat(page.locator("dialog .note--bad")).containsText("Somebody else has just changed this");
        page.keyboard().press("Escape");
        AdminPages.open(page, "shifts/office");
        page.locator("dialog")
                .getByLabel("Name", new Locator.GetByLabelOptions().setExact(true))
                .fill("Office");
        AdminPages.button(page, "Save").click();
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.locator("article")).containsText("Office");
    }

    @Test
    @Order(4)
    void month_showsThePersonsDays() {
        AdminPages.open(page, "months?month=" + monday.toString().substring(0, 7));
        assertThat(page.locator("tbody tr")).containsText("8 h 0");
        page.locator("tbody tr .link").first().click();

        assertThat(page.locator("dialog .list")).containsText("Late");
        assertThat(page.locator("dialog .list")).containsText("08:12 – 16:30");
        page.keyboard().press("Escape");
    }

    @Test
    @Order(4)
    void calendarFile_fillsTheHolidays() {
        String file = """
                BEGIN:VCALENDAR
                BEGIN:VEVENT
                DTSTART;VALUE=DATE:20261225
                SUMMARY:Christmas Day
                RRULE:FREQ=YEARLY
                END:VEVENT
                END:VCALENDAR
                """;
        AdminPages.open(page, "shifts");
        page.locator("input[type=file]")
                .setInputFiles(new FilePayload("days.ics", "text/calendar", file.getBytes(StandardCharsets.UTF_8)));

        assertThat(page.locator("section .list")).containsText("Christmas Day");
        AdminPages.button(page, "Remove Christmas Day").click();
        assertThat(page.getByText("No holidays yet.")).isVisible();
    }
}
