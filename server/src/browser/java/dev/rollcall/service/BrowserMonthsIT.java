package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sheets of a whole month: a group's table, a person's calendar, forgotten check-outs, files. */
class BrowserMonthsIT extends BrowserFixture {

    private static final String MONTH = "?month=" + SampleMonth.month();
    private static final String FORGETFUL = SampleMonth.ASSEMBLY.get(0);
    private static final List<String> SCREENS = List.of(
            "months" + MONTH, "months" + MONTH + "&show=incomplete", "months/pierre" + MONTH, "months", "shifts/day");
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("EEE d MMMM", Locale.UK);

    @BeforeAll
    static void start() throws Exception {
        pages = AdminPages.start(folder, Map.of());
        new SampleMonth(pages.service(), pages.key()).fill();
    }

    private static Locator rows(Page page) {
        return page.locator("main tbody tr");
    }

    @Test
    void group_isATableOfItsPeople() throws Exception {
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "months" + MONTH);
        assertThat(rows(page)).hasCount(8);
        assertThat(page.locator(".legend--days li")).hasCount(7);

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Store"))
                .first()
                .click();

        assertThat(rows(page)).hasCount(SampleMonth.STORE.size());
        assertThat(rows(page).first().locator(".strip i"))
                .hasCount(SampleMonth.month().lengthOfMonth());
        assertThat(rows(page).first()).containsText(Pattern.compile("1\\d\\d h \\d\\d"));
        page.locator(".tools button").last().click();
        assertThat(rows(page)).hasCount(8);
        page.context().close();
    }

    @Test
    void calendarOfAPerson_hasEachDayWithItsHoursAndItsStatus() throws Exception {
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "months/pierre" + MONTH);
        assertThat(page.locator(".calendar > span"))
                .hasCount(SampleMonth.month().lengthOfMonth());
        assertThat(page.locator(".calendar__day")).hasCount(7);
        assertThat(page.locator(".calendar .is-present small").first()).hasText(Pattern.compile("8:0\\d"));
        assertThat(page.locator(".calendar .is-incomplete svg")).hasCount(1);
        assertThat(page.locator("dialog .note")).containsText("A mark is missing on 1 day");
        AdminPages.open(page, "months/pierre");

        LocalDate today = LocalDate.now(SampleDay.ZONE);
        assertThat(page.locator(".calendar > span").nth(today.getDayOfMonth() - 1))
                .hasClass("is-holiday");
        assertThat(page.locator("dialog .list li")).hasCount(1);
        assertThat(page.locator("dialog .list li")).containsText("Feast of the town");
        page.context().close();
    }

    @Test
    void forgottenCheckOut_staysOnTheListUntilItIsEntered() throws Exception {
        LocalDate last = SampleMonth.workDays().get(SampleMonth.workDays().size() - 1);
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "months" + MONTH);
        AdminPages.button(page, "Mark missing").click();
        Locator row = rows(page).filter(new Locator.FilterOptions().setHasText(FORGETFUL));
        row.locator(".link").first().click();
        Locator days = page.locator("dialog .list li");
        Locator day = days.filter(new Locator.FilterOptions().setHasText(SHOWN.format(last)));
        assertThat(day).containsText("Mark missing");
        day.locator("a").click();
        assertThat(page.locator("h1")).hasText("Attendance");
        page.locator("dialog")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add a mark"))
                .click();
        AdminPages.field(page, "Time").fill("16:31");
        page.locator("dialog").getByLabel("Direction").selectOption("out");
        page.locator("dialog").getByLabel("Reason").fill("Forgot to check out");
        page.locator("dialog")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Add").setExact(true))
                .click();
        assertThat(page.locator(".toast")).hasText("Corrected");

        AdminPages.open(page, "months/" + FORGETFUL + MONTH + "&show=incomplete");
        assertThat(day).containsText("– 16:31");
        assertThat(day).not().containsText("Mark missing");
        page.context().close();
    }

    @Test
    void files_areOfferedForEachPurpose() throws Exception {
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "months" + MONTH);
        assertThat(text(page, page.locator(".exports a").nth(0)))
                .startsWith("user_id,external_id,name,group")
                .hasLineCount(9);
        assertThat(bytes(page, page.locator(".exports a").nth(1))).startsWith('P', 'K');
        AdminPages.open(page, "months/pierre" + MONTH);
        assertThat(text(page, page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Month to sign"))))
                .startsWith("%PDF-");
        assertThat(text(page, page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Calendar file"))))
                .startsWith("BEGIN:VCALENDAR")
                .contains("BEGIN:VEVENT");
        page.context().close();
    }

    @Test
    void payroll_isAFileOfTheChosenLayout() throws Exception {
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "months" + MONTH);
        AdminPages.button(page, "For payroll").click();
        AdminPages.button(page, "Download").click();
        assertThat(page.locator("dialog .note--bad")).containsText("pierre");
        page.getByLabel("Without the hours that are not known").check();
        Download simple =
                page.waitForDownload(() -> AdminPages.button(page, "Download").click());
        assertThat(simple.suggestedFilename()).isEqualTo("rollcall-payroll-" + SampleMonth.month() + ".csv");
        assertThat(Files.readString(simple.path()))
                .startsWith("employee_number,name,")
                .contains(",REGULAR,");
        AdminPages.button(page, "For payroll").click();
        page.getByLabel("Layout").selectOption("datev_lodas");
        assertThat(AdminPages.button(page, "Download")).isDisabled();
        AdminPages.field(page, "Number of the tax consultant").fill("1234567");
        AdminPages.field(page, "Number of the client").fill("54321");
        AdminPages.field(page, "Wage type of the hours").fill("100");
        AdminPages.button(page, "Download").click();

        assertThat(page.locator("dialog .note--bad")).containsText("astronaut");
        page.context().close();
    }

    private static byte[] bytes(Page page, Locator link) throws Exception {
        return Files.readAllBytes(page.waitForDownload(link::click).path());
    }

    private static String text(Page page, Locator link) throws Exception {
        return new String(bytes(page, link), StandardCharsets.ISO_8859_1);
    }

    @Test
    void keyboardAlone_opensAPersonAndComesBack() throws Exception {
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "months" + MONTH);
        Locator person = page.locator("tbody .who .link").first();
        person.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog .calendar")).isVisible();
        assertThat((Boolean) page.evaluate("document.querySelector('dialog').contains(document.activeElement)"))
                .isTrue();
        page.keyboard().press("Escape");

        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(person).isFocused();
        page.context().close();
    }

    @Test
    void monthOfTheFuture_cannotBeChosen() throws Exception {
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "months");
        assertThat(AdminPages.button(page, "Month after")).isDisabled();
        AdminPages.button(page, "Month before").click();

        assertThat(page.locator("main time"))
                .hasAttribute("datetime", SampleMonth.month().toString());
        page.context().close();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void sheetsOfAMonth_areCleanForAxe(ColorScheme colours) throws Exception {
        Page page = pages.signedIn(1280, colours);
        for (String screen : SCREENS) {
            AdminPages.open(page, screen);
            requireClean(page, screen);
        }
        trial(page);
        requireClean(page, "trial");
        AdminPages.open(page, "months" + MONTH);
        AdminPages.button(page, "For payroll").click();
        page.getByLabel("Layout").selectOption("datev_lodas");
        requireClean(page, "payroll");
        page.context().close();
    }

    private static void trial(Page page) {
        AdminPages.open(page, "shifts/day");
        AdminPages.field(page, "Grace on arrival (minutes)").fill("30");
        AdminPages.button(page, "Try on the last 31 days").click();
        assertThat(page.locator("dialog table")).isVisible();
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 800, 1280})
    void sheetsOfAMonth_fitInBothDirectionsOfWriting(int width) throws Exception {
        Page page = pages.signedIn(width);
        for (String screen : SCREENS) {
            AdminPages.open(page, screen);
            requireFitting(page, screen);
            requireNothingCut(page, screen);
        }
        trial(page);
        requireFitting(page, "trial");
        requireNothingCut(page, "trial");
        page.context().close();
    }

    /** No text is wider than the element that it is in. */
    private static void requireNothingCut(Page page, String screen) {
        Object cut = page.evaluate("""
            () => [...document.querySelectorAll('h1, h2, button, .tag, .calendar span, .calendar small, td, dd, dialog p')]
              .filter((one) => one.checkVisibility() && one.clientWidth > 0 && getComputedStyle(one).display !== 'inline' && !one.closest('.sr') && !one.classList.contains('sr'))
              .filter((one) => one.scrollWidth > one.clientWidth + 1)
              .map((one) => one.outerHTML.slice(0, 140))""");
        assertThat((List<?>) cut)
                .as(screen + " at " + page.viewportSize().width)
                .isEmpty();
    }

    @Test
    void picturesOfTheDocuments_areTaken() throws Exception {
        Path documents = Files.createDirectories(Path.of("..", "docs", "img"));
        for (int width : new int[] {320, 1280}) {
            Page page = pages.signedIn(width);
            page.route("**/report?*", BrowserMonthsIT::asFromAKiosk);
            take(page, "months" + MONTH, documents.resolve("months-" + width + ".png"));
            take(page, "months/pierre" + MONTH, documents.resolve("month-person-" + width + ".png"));
            page.context().close();
        }
        Page dark = pages.signedIn(1280, ColorScheme.DARK);
        take(
                dark,
                "months" + MONTH,
                Files.createDirectories(Path.of("target", "look")).resolve("months-dark.png"));
        trial(dark);
        dark.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "look", "trial-dark.png")));
        dark.context().close();
    }

    /** The marks were entered, since a kiosk can't send them weeks later: the picture shows them as a kiosk's. */
    private static void asFromAKiosk(Route route) {
        APIResponse answer = route.fetch();
        route.fulfill(new Route.FulfillOptions()
                .setResponse(answer)
                .setBody(answer.text().replace("\"corrected\":true", "\"corrected\":false")));
    }

    private static void take(Page page, String screen, Path file) {
        AdminPages.open(page, screen);
        page.waitForTimeout(400);
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }
}
