package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a kiosk in docs/examples, served as its first lines say, by another origin than the service's. */
class ExampleKioskIT {

    private static final Path EXAMPLE = Path.of("..", "docs", "examples", "kiosk.html");

    @TempDir
    Path folder;

    private HttpServer files;
    private RunningService service;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Browser.program().isPresent(), "chromium is not installed");
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] page = Files.readAllBytes(EXAMPLE);
        files.createContext("/kiosk.html", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        files.start();
        service = RunningService.start(
                folder,
                Map.of(
                        "API_KEY",
                        RunningService.KEY,
                        "TIME_ZONE",
                        MarkStream.noonZone(),
                        "CORS_ORIGINS",
                        "http://localhost:" + files.getAddress().getPort()));
        browser = Browser.start(List.of());
    }

    @AfterEach
    void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (service != null) {
            service.close();
        }
        if (files != null) {
            files.stop(0);
        }
    }

    @Test
    void exampleKiosk_isPairedGreetsAPersonAndSaysWhyAnotherIsRefused() throws Exception {
        String image = RunningService.base64(Pictures.portrait("geronimo"));
        Map<String, Object> person = Map.of("user_id", "geronimo", "name", "Geronimo", "image", image);
        assertThat(service.postJson("/enroll", person).status()).isEqualTo(201);
        KioskPage kiosk = open();

        kiosk.page().getByLabel("Code of the kiosk").fill(code());
        kiosk.button("Pair").click();
        assertThat(kiosk.headline()).hasText("Step in front of the camera, please.");
        kiosk.shows("geronimo");
        assertThat(kiosk.headline()).hasText("Hello, Geronimo");
        kiosk.shows("nobody");
        assertThat(kiosk.headline()).hasText("Step in front of the camera, please.");
        kiosk.shows("manuel");
        assertThat(kiosk.headline()).hasText("We didn't recognise you. Look straight ahead and try again, please.");

        assertThat(service.marksOf("geronimo")).hasSize(1);
        assertThat(browser.takeComplaints()).isEmpty();
    }

    private KioskPage open() {
        String address = "http://localhost:" + files.getAddress().getPort() + "/kiosk.html?service="
                + URLEncoder.encode(service.address().toString(), StandardCharsets.UTF_8);
        return KioskPage.at(address, browser, 1280, 800, ColorScheme.LIGHT);
    }

    private String code() throws Exception {
        return service.postJson("/v1/pairings", Map.of("name", "Example"))
                .body()
                .path("code")
                .asText();
    }
}
