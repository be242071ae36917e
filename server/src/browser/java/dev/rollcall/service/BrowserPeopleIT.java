package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.FilePayload;
import dev.rollcall.service.RunningService.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many people from a zip file, and the alarm about two who look alike. */
class BrowserPeopleIT extends BrowserFixture {

    /** More pictures than are enrolled before the import is cancelled. */
    private static final int MANY = 400;

    private static final int A_MINUTE_MS = 60_000;

    @BeforeAll
    static void start() throws Exception {
        pages = AdminPages.start(folder, Map.of());
    }

    @AfterEach
    void closePages() {
        pages.browser().closePages();
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> staff() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String list = """
            user_id,name,consent_at
            zip-elizabeth,Elizabeth,2026-09-01T08:00:00Z
            zip-felipe,Felipe,2026-09-01T08:00:00Z
            """;
        files.put("people.csv", list.getBytes(StandardCharsets.UTF_8));
        files.put("zip-elizabeth/1.jpg", Pictures.portrait("elizabeth"));
        files.put("zip-elizabeth/2.jpg", Pictures.anotherOf("elizabeth"));
        files.put("zip-felipe/1.jpg", Pictures.portrait("felipe"));
        files.put("zip-felipe/wall.jpg", Pictures.withoutFace());
        return files;
    }

    private static Page importing(byte[] file) throws Exception {
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "people?import=1");
        page.locator("dialog input[type=file]").setInputFiles(new FilePayload("staff.zip", "application/zip", file));
        return page;
    }

    private static Locator state(Page page) {
        return page.locator("dialog h3");
    }

    @Test
    void zipOfPeople_isEnrolledWithAReportForEachFile() throws Exception {
        Page page = importing(zip(staff()));

        assertThat(state(page)).hasText("Finished", new HasTextOptions().setTimeout(A_MINUTE_MS));
        assertThat(page.locator("dialog [role=progressbar]")).hasAttribute("aria-valuenow", "100");
        Locator rows = page.locator("dialog .list li");
        assertThat(rows).hasCount(4);
        assertThat(rows.filter(new Locator.FilterOptions().setHasText("wall.jpg")))
                .containsText("Refused");
        assertThat(rows.filter(new Locator.FilterOptions().setHasText("zip-felipe/1.jpg")))
                .containsText("Enrolled");
        requireClean(page, "a finished import");
        Download report = page.waitForDownload(
                () -> AdminPages.button(page, "Save the report").click());
        assertThat(Files.readString(report.path()))
                .contains("zip-felipe/wall.jpg")
                .contains("NO_FACE");
        page.keyboard().press("Escape");
        assertThat(page.locator("tbody")).containsText("Elizabeth");
    }

    @Test
    void importOnItsWay_showsHowFarItIsAfterAReloadAndCanBeCancelled() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < MANY; i++) {
            files.put("manuel/" + i + ".jpg", Pictures.anotherOf("manuel"));
        }
        Page page = importing(zip(files));
        assertThat(state(page)).hasText("Enrolling");
        page.reload();
        assertThat(page.locator("dialog .num").first()).hasText(Pattern.compile("^\\d+ of " + MANY + " files$"));
        assertThat(page.locator("dialog [role=progressbar]")).hasAttribute("aria-valuenow", Pattern.compile("[1-9]"));

        AdminPages.button(page, "Cancel").click();

        assertThat(state(page)).hasText("Cancelled");
        AdminPages.button(page, "Import another file").click();
        assertThat(page.getByText("Choose a zip file")).isVisible();
    }

    @Test
    void brokenZip_isRefusedInASentenceAndAnotherCanBeChosen() throws Exception {
        byte[] whole = zip(staff());
        for (byte[] broken :
                new byte[][] {Arrays.copyOf(whole, whole.length / 2), "no zip".getBytes(StandardCharsets.UTF_8)}) {
            Page page = importing(broken);

            Locator note = page.locator("dialog .note--bad");
            assertThat(note).isVisible();
            assertThat(note.textContent().strip()).matches("[A-Z].*\\s.*\\.");
            if (AdminPages.button(page, "Import another file").isVisible()) {
                AdminPages.button(page, "Import another file").click();
            }
            assertThat(page.getByText("Choose a zip file")).isVisible();
        }
    }

    @Test
    void peopleWhoLookAlike_areAnAlarmUntilTheyAreDeclared() throws Exception {
        enrolled("pierre", Pictures.portrait("pierre"));
        enrolled("double", Pictures.between("pierre", "geronimo", 0.6));
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "overview");
        page.getByText("1 new pair of look-alikes").click();
        Locator alarm = page.locator("article");

        assertThat(alarm).hasCount(1);
        assertThat(alarm.locator("h2")).containsText("pierre");
        assertThat(alarm.locator("h2")).containsText("double");
        assertThat(alarm.locator(".conf")).hasAttribute("aria-label", Pattern.compile("^[89]\\d\\.\\d%"));
        requireClean(page, "an alarm");
        for (int width : new int[] {320, 800, 1280}) {
            page.setViewportSize(width, 800);
            requireFitting(page, "alarms");
        }
        AdminPages.button(page, "They are two people").click();
        assertThat(alarm).containsText("Declared as look-alikes");
        AdminPages.open(page, "people/double");
        assertThat(page.locator("dialog")).containsText("Pierre");
    }

    private static void enrolled(String userId, byte[] picture) throws Exception {
        String name = userId.substring(0, 1).toUpperCase(Locale.ROOT) + userId.substring(1);
        Answer answer = pages.service()
                .postJson(
                        "/enroll",
                        pages.key(),
                        Map.of("user_id", userId, "name", name, "image", RunningService.base64(picture)));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    }
}
