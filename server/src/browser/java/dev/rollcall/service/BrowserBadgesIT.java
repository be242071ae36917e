package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Badges and PINs in the admin pages: chosen, printed, read back; set, drawn and removed. */
class BrowserBadgesIT {

    /** Draws the pages of a PDF; the Debian package ghostscript. */
    private static final Path GHOSTSCRIPT = Path.of("/usr/bin/gs");

    private static final List<String> NAMES = List.of("geronimo", "manuel", "pierre");

    @TempDir
    static Path folder;

    private static AdminPages pages;

    @BeforeAll
    static void start() throws Exception {
        pages = AdminPages.start(folder, Map.of());
        for (String name : NAMES) {
            assertThat(pages.service().enroll(name, Pictures.portrait(name)).status())
                    .isEqualTo(201);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (pages != null) {
            pages.close();
        }
    }

    @Test
    void sheetOfTwoPeople_isPrintedWithBadgesThatMark() throws Exception {
        assumeTrue(Files.isExecutable(GHOSTSCRIPT), "ghostscript is not installed");
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "badges");
        page.getByLabel("Geronimo geronimo").check();
        page.getByLabel("Manuel manuel").check();
        AdminPages.button(page, "Show the badges").click();
        assertThat(page.locator(".id")).hasCount(2);
        for (String paper : List.of("A4", "Letter")) {
            AdminPages.button(page, paper).click();

            Path pdf = folder.resolve(paper + ".pdf");
            page.pdf(new Page.PdfOptions().setPath(pdf).setPreferCSSPageSize(true));

            List<BufferedImage> sheets = drawn(pdf);
            assertThat(sheets).as(paper).hasSize(1);
            double ratio = (double) sheets.get(0).getHeight() / sheets.get(0).getWidth();
            assertThat(ratio).isBetween(paper.equals("A4") ? 1.40 : 1.28, paper.equals("A4") ? 1.42 : 1.30);
            assertThat(read(sheets.get(0))).isEqualTo(issued("geronimo", "manuel"));
        }
        pages.requireNoComplaints();
        page.context().close();
    }

    @Test
    void badgesOfMoreThanAPage_goOnOnTheNextOne() throws Exception {
        assumeTrue(Files.isExecutable(GHOSTSCRIPT), "ghostscript is not installed");
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "badges");
        AdminPages.button(page, "Choose all 3 found").click();
        AdminPages.button(page, "Show the badges").click();
        assertThat(page.locator(".id")).hasCount(3);
        page.evaluate("() => { const sheet = document.querySelector('.sheet'); const cards = [...sheet.children];"
                + " for (let i = 0; i < 8; i += 1) sheet.append(cards[i % 3].cloneNode(true)); }");
        Path pdf = folder.resolve("many.pdf");
        page.pdf(new Page.PdfOptions().setPath(pdf).setPreferCSSPageSize(true));

        assertThat(drawn(pdf)).hasSize(2);
        page.context().close();
    }

    @Test
    void pinOfAPerson_isMadeShownAndRemoved() throws Exception {
        Page page = pages.signedIn(320, ColorScheme.DARK);
        AdminPages.open(page, "people/pierre");
        AdminPages.button(page, "Set a PIN").click();
        assertThat(AdminPages.field(page, "PIN")).isFocused();
        assertThat(AdminPages.button(page, "Make a PIN")).isInViewport();
        AdminPages.field(page, "PIN").fill("4321");
        AdminPages.button(page, "Set this PIN").click();
        assertThat(page.locator(".fault")).containsText("its digits follow one another");
        AdminPages.field(page, "PIN").fill("");
        AdminPages.button(page, "Make a PIN").click();
        assertThat(page.locator(".note .pin")).hasText(Pattern.compile("\\d{6}"));
        assertThat(page.locator(".note .pin")).isInViewport();
        assertThat(AdminPages.button(page, "Make a PIN")).hasCount(0);
        assertClean(page);
        AdminPages.button(page, "Done").click();
        assertThat(page.locator(".note .pin")).hasCount(0);
        JsonNode known = pages.service().get("/v1/people/pierre/credentials").body();
        assertThat(known.path("pin_set_at").isTextual()).isTrue();

        AdminPages.button(page, "Remove the PIN?").click();
        AdminPages.button(page, "Remove").click();
        assertThat(AdminPages.button(page, "Set a PIN")).isVisible();
        assertThat(pages.service()
                        .get("/v1/people/pierre/credentials")
                        .body()
                        .path("pin_set_at")
                        .isNull())
                .isTrue();
        page.context().close();
    }

    @Test
    void screenOfBadges_isCleanOnAPhone() throws Exception {
        Page page = pages.signedIn(320);
        AdminPages.open(page, "badges");
        assertClean(page);
        page.getByLabel("Pierre pierre").check();
        AdminPages.button(page, "Show the badges").click();
        assertThat(page.locator(".id")).hasCount(1);
        assertClean(page);
        page.context().close();
    }

    private static void assertClean(Page page) {
        assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        assertThat(new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"))
                        .analyze()
                        .getViolations())
                .isEmpty();
    }

    private static Set<String> issued(String... people) throws Exception {
        Set<String> texts = new TreeSet<>();
        pages.service()
                .postJson("/v1/badges", Map.of("user_ids", List.of(people)))
                .body()
                .path("items")
                .forEach(one -> texts.add(one.path("badge").asText()));
        return texts;
    }

    /** The pages of a PDF as a printer draws them, at 150 dots an inch. */
    private static List<BufferedImage> drawn(Path pdf) throws IOException, InterruptedException {
        Path out = Files.createDirectories(folder.resolve(pdf.getFileName() + "-pages"));
        Process drawing = new ProcessBuilder(
                        GHOSTSCRIPT.toString(),
                        "-q",
                        "-dSAFER",
                        "-sDEVICE=pnggray",
                        "-r150",
                        "-o",
                        out.resolve("%03d.png").toString(),
                        pdf.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(drawing.waitFor()).isZero();
        try (Stream<Path> files = Files.list(out)) {
            List<Path> sorted = files.sorted().toList();
            List<BufferedImage> images = new ArrayList<>();
            for (Path file : sorted) {
                images.add(ImageIO.read(file.toFile()));
            }
            return images;
        }
    }

    /** The texts of all QR codes of a page. */
    private static Set<String> read(BufferedImage page) throws Exception {
        int width = page.getWidth();
        int height = page.getHeight();
        byte[] grey = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                grey[y * width + x] = (byte) (page.getRGB(x, y) & 0xFF);
            }
        }
        Set<String> texts = new TreeSet<>();
        for (Result code : new QRCodeMultiReader()
                .decodeMultiple(new BinaryBitmap(new HybridBinarizer(
                        new PlanarYUVLuminanceSource(grey, width, height, 0, 0, width, height, false))))) {
            texts.add(code.getText());
        }
        return texts;
    }
}
