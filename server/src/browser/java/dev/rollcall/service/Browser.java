package dev.rollcall.service;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Chromium, with a camera that shows a portrait, and what it complained about. */
final class Browser implements AutoCloseable {

    /** Replaces the camera by a picture that moves a little, as cameras' pictures do. */
    private static final String CAMERA = """
        navigator.mediaDevices.getUserMedia = async () => {
          const picture = new Image();
          picture.src = 'data:image/png;base64,%s';
          await picture.decode();
          const canvas = document.createElement('canvas');
          canvas.width = picture.naturalWidth * 3;
          canvas.height = picture.naturalHeight * 3;
          const context = canvas.getContext('2d');
          let frame = 0;
          const draw = () => { context.drawImage(picture, frame++ %% 2, 0, canvas.width, canvas.height); };
          draw();
          setInterval(draw, 100);
          return canvas.captureStream(10);
        };
        """;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new ArrayList<>();

    private Browser(Path program) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    /** The program of Chromium on this machine. */
    static Optional<Path> program() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser start() {
        return new Browser(program().orElseThrow());
    }

    /** A page of a browser without any data. */
    Page page(int width, ColorScheme colours, String portrait) throws IOException {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale("en-GB")
                .setTimezoneId("Europe/Madrid")
                .setColorScheme(colours)
                .setViewportSize(width, width < 500 ? 700 : 800));
        context.addInitScript(CAMERA.formatted(Base64.getEncoder().encodeToString(Pictures.portrait(portrait))));
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")
                    || message.text().contains("Trusted")) {
                complaints.add(message.text());
            }
        });
        page.onDialog(dialog -> {
            complaints.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        return page;
    }

    /** Violations of the content policy, errors of scripts and dialogs since the last call. */
    List<String> takeComplaints() {
        List<String> taken = List.copyOf(complaints);
        complaints.clear();
        return taken;
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
