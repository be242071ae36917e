package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.rollcall.digest.Sha256;
import io.nayuki.qrcodegen.QrCode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page /trust of a service with TLS=local, over plain HTTP, for devices that don't trust it yet. */
class BrowserTrustIT extends BrowserFixture {

    private static final String ADDRESS = "192.168.1.10";
    private static final int TABS = 20;

    @BeforeAll
    static void start() throws Exception {
        pages = AdminPages.start(folder, Map.of("TLS", "local", "TLS_PORT", "0", "TLS_NAMES", ADDRESS));
    }

    @AfterEach
    void closePages() {
        pages.browser().closePages();
    }

    private static Page open(int width, ColorScheme colours) {
        Page page = pages.browser().page(width, 800, colours, "");
        page.navigate(pages.service().address().resolve("/trust").toString());
        assertThat(page.locator(".trust__qr img")).isVisible();
        return page;
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 800, 1280})
    void page_fitsAndIsCleanForAxe(int width) {
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = open(width, colours);
            for (String system : List.of("iPad", "Android", "Windows", "Mac")) {
                page.locator(".seg button")
                        .filter(new Locator.FilterOptions().setHasText(system))
                        .click();
                assertThat(page.locator(".trust__steps li").first()).isVisible();
                requireFitting(page, system);
            }
            requireClean(page, "trust, " + colours);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Español", "Deutsch"})
    void otherLanguages_fitOnAPhone(String language) {
        Page page = open(320, ColorScheme.LIGHT);
        String english = page.locator("h1").textContent();
        page.locator("select").first().selectOption(language);

        assertThat(page.locator("h1")).not().hasText(english);
        requireFitting(page, language);
    }

    @Test
    void certificate_isDownloadedAsTheFingerprintSays() throws Exception {
        Page page = open(800, ColorScheme.LIGHT);
        String fingerprint = page.locator(".trust__code").first().textContent();
        for (String file : List.of("rollcall-authority.crt", "rollcall-authority.pem")) {
            Download download = page.waitForDownload(
                    () -> page.locator("p a[href='/trust/" + file + "']").click());
            byte[] certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(download.path())))
                    .getEncoded();

            assertThat(download.suggestedFilename()).isEqualTo(file);
            assertThat(Sha256.hex(certificate).toUpperCase(Locale.ROOT)).isEqualTo(fingerprint.replace(":", ""));
        }
    }

    @Test
    void profileForApple_isWhatTheButtonGives() throws Exception {
        Page page = open(800, ColorScheme.LIGHT);
        AdminPages.button(page, "iPad, iPhone").click();
        Download download = page.waitForDownload(
                () -> page.locator(".trust__buttons a[href$='.mobileconfig']").click());

        assertThat(Files.readString(download.path())).contains("<plist", "com.apple.security.root");
    }

    /** Compares the modules of the picture as the browser draws it with those of the address. */
    @Test
    void qrCode_isOfTheAddressBesideIt() {
        Page page = open(800, ColorScheme.LIGHT);
        String address = page.locator(".trust__qr .trust__code").textContent();
        QrCode code = QrCode.encodeText(address, QrCode.Ecc.MEDIUM);
        List<Integer> expected = new ArrayList<>();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                expected.add(code.getModule(x, y) ? 1 : 0);
            }
        }

        Object shown = page.evaluate("""
            async (size) => {
              const picture = document.querySelector('.trust__qr img');
              await picture.decode();
              const side = (size + 8) * 8;
              const canvas = document.createElement('canvas');
              canvas.width = canvas.height = side;
              const context = canvas.getContext('2d');
              context.drawImage(picture, 0, 0, side, side);
              const { data } = context.getImageData(0, 0, side, side);
              const modules = [];
              for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) modules.push(data[(((y + 4) * 8 + 4) * side + (x + 4) * 8 + 4) * 4] < 128 ? 1 : 0);
              return modules;
            }\
            """, code.size);

        assertThat(address).startsWith("http://").endsWith("/trust");
        assertThat((List<?>) shown).isEqualTo(expected);
    }

    @Test
    void keyboardAlone_choosesTheSystemAndReachesEveryLink() {
        Page page = open(1280, ColorScheme.LIGHT);
        String before = page.locator(".trust__steps").textContent();
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < TABS; i++) {
            page.keyboard().press("Tab");
            String name = (String) page.evaluate("document.activeElement.textContent.trim()");
            reached.add(name);
            if (name.equals("Android")) {
                page.keyboard().press("Enter");
            }
        }

        assertThat(page.locator(".trust__steps")).not().hasText(before);
        assertThat(reached).contains("Get the certificate", "rollcall-authority.crt", "rollcall-authority.pem");
        assertThat(reached).anyMatch(name -> name.endsWith("/kiosk"));
    }

    @Test
    void setUp_showsTheAddressOfTheKioskAndLeadsToThePage() throws Exception {
        Page page = pages.signedIn(1280);
        page.evaluate("""
            async () => {
              const { csrf_token: token } = await (await fetch('/v1/session')).json();
              await fetch('/v1/setup', { method: 'PUT', headers: { 'X-CSRF-Token': token, 'Content-Type': 'application/json' }, body: '{"step": 3}' });
            }\
            """);
        AdminPages.open(page, "setup");

        assertThat(page.locator(".secret code")).hasText(Pattern.compile("^https://.+:\\d+/kiosk$"));
        assertThat(page.locator("a[href='/trust']")).isVisible();
    }

    @Test
    void health_saysHowLongTheCertificateIsValid() throws Exception {
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "health");

        assertThat(page.locator("main")).containsText("389 days");
        assertThat(page.locator("main h2").first()).hasText("Everything works.");
    }

    @Test
    void picturesOfTheDocuments_areTaken() throws Exception {
        Path documents = Files.createDirectories(Path.of("..", "docs", "img"));
        for (int width : new int[] {320, 1280}) {
            Page page = pages.browser().page(width, 900, ColorScheme.LIGHT, "");
            page.route("**/v1/trust", BrowserTrustIT::anExample);
            page.navigate(pages.service().address().resolve("/trust").toString());
            page.getByText("Android").first().click();
            assertThat(page.locator(".trust__qr img")).isVisible();
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(documents.resolve("trust-" + width + ".png")));
        }
    }

    /** What a machine of an office answers, instead of the names of the one that runs the tests. */
    private static void anExample(Route route) {
        JsonNode answer;
        try {
            answer = pages.service().get("/v1/trust").body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        List<JsonNode> known = new ArrayList<>();
        answer.path("addresses").forEach(known::add);
        ObjectNode authority = (ObjectNode) answer.path("authority");
        authority.put("name", "Rollcall at front-desk, 2026-11-26, 3f9a0c");
        ArrayNode shown = ((ObjectNode) answer).putArray("addresses");
        known.forEach(address -> {
            if (address.path("host").asText().equals(ADDRESS)) {
                shown.add(address);
            }
        });
        route.fulfill(new Route.FulfillOptions()
                .setContentType("application/json")
                .setBodyBytes(answer.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
