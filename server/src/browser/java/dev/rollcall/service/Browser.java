package dev.rollcall.service;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
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

    /** A portrait three times as large, as sharp as the camera's picture of somebody at a desk. */
    static final Sight CLEAR = new Sight("none", 3);

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
          context.filter = '%s';
          const [width, height] = [picture.naturalWidth * %s, picture.naturalHeight * %s];
          let frame = 0;
          const draw = () => { context.drawImage(picture, (canvas.width - width) / 2 + (frame++ %% 2), (canvas.height - height) / 2, width, height); };
          draw();
          setInterval(draw, 100);
          return canvas.captureStream(10);
        };
        """;

    /** Reports what the content policy has blocked, which the console shows otherwise in words that change. */
    private static final String POLICY = """
        addEventListener('securitypolicyviolation', (event) => console.error('against the policy: ' + event.violatedDirective + ' ' + event.blockedURI));
        """;

    private static final List<String> ARGUMENTS =
            List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new ArrayList<>();
    private ServiceWorkerPolicy workers = ServiceWorkerPolicy.BLOCK;

    private Browser(Path program, List<String> arguments) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(Stream.concat(ARGUMENTS.stream(), arguments.stream())
                                .toList()));
    }

    /**
     * What the camera sees.
     *
     * @param filter of CSS, such as {@code brightness(.1)}
     * @param scale how large the portrait is in the camera's picture; 3 fills it
     */
    record Sight(String filter, double scale) {}

    /** The program of Chromium on this machine. */
    static Optional<Path> program() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it with further arguments. */
    static Browser start(List<String> arguments) {
        return new Browser(program().orElseThrow(), arguments);
    }

    /** A page of a browser without any data, whose camera shows a portrait. */
    Page page(int width, ColorScheme colours, String portrait) throws IOException {
        return page(width, colours, portrait, CLEAR);
    }

    Page page(int width, ColorScheme colours, String portrait, Sight sight) throws IOException {
        BrowserContext context = context(width, colours);
        context.addInitScript(CAMERA.formatted(
                Base64.getEncoder().encodeToString(Pictures.portrait(portrait)),
                sight.filter(),
                sight.scale(),
                sight.scale()));
        return watched(context);
    }

    /** A page of a browser without any data, with the camera that Chromium has, which it may use. */
    Page pageWithItsOwnCamera(int width) {
        BrowserContext context = context(width, ColorScheme.LIGHT);
        context.grantPermissions(List.of("camera"));
        return watched(context);
    }

    /** A page of a browser without any data, with a script that runs before those of the pages. */
    Page page(int width, int height, ColorScheme colours, String script) {
        BrowserContext context = context(width, height, colours, ReducedMotion.NO_PREFERENCE);
        context.addInitScript(script);
        return watched(context);
    }

    private BrowserContext context(int width, ColorScheme colours) {
        return context(width, width < 500 ? 700 : 800, colours, ReducedMotion.REDUCE);
    }

    /** Lets the contexts that are made from now on have service workers, through which tests can't route requests. */
    Browser withServiceWorkers() {
        workers = ServiceWorkerPolicy.ALLOW;
        return this;
    }

    private BrowserContext context(int width, int height, ColorScheme colours, ReducedMotion motion) {
        return chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale("en-GB")
                .setTimezoneId(SampleDay.ZONE.getId())
                .setColorScheme(colours)
                .setReducedMotion(motion)
                .setServiceWorkers(workers)
                .setViewportSize(width, height));
    }

    private Page watched(BrowserContext context) {
        context.addInitScript(POLICY);
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            String text = message.text();
            if (text.contains("against the policy")
                    || text.contains("Content Security Policy")
                    || text.contains("Trusted")) {
                complaints.add(text);
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

    /** Closes all pages, with their data. */
    void closePages() {
        List.copyOf(chromium.contexts()).forEach(BrowserContext::close);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
