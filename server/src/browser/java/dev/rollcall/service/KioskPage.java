package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A kiosk in a browser, and who stands before it. */
record KioskPage(Page page) {

    private static final List<String> PORTRAITS = List.of(
            "astronaut", "elizabeth", "felipe", "frederik", "geronimo", "manuel", "pierre", "segoyewatha", "william");

    /** Replaces the camera by a picture of a portrait, which moves a little, or of an empty room. */
    private static final String CAMERA = """
        window.scene = 'nobody';
        window.light = 1;
        window.near = 1;
        window.badge = null;
        window.cameras = 0;
        const portraits = {%s};
        /** What a scene would look like, without a camera: a portrait in its own size. */
        window.picture = (scene) => {
          const canvas = document.createElement('canvas');
          Object.assign(canvas, { width: window.pictures[scene].naturalWidth, height: window.pictures[scene].naturalHeight });
          canvas.getContext('2d').drawImage(window.pictures[scene], 0, 0);
          return canvas;
        };
        navigator.mediaDevices.getUserMedia = async () => {
          window.cameras += 1;
          const pictures = {};
          window.pictures = pictures;
          for (const [name, data] of Object.entries(portraits)) {
            pictures[name] = new Image();
            pictures[name].src = 'data:image/png;base64,' + data;
            await pictures[name].decode();
          }
          const canvas = document.createElement('canvas');
          canvas.width = 960;
          canvas.height = 720;
          const context = canvas.getContext('2d');
          let frame = 0;
          const draw = () => {
            frame += 1;
            context.filter = `brightness(${window.light})`;
            context.fillStyle = '#9aa5a8';
            context.fillRect(0, 0, 960, 720);
            if (window.paint) return window.paint(context, pictures, frame);
            const picture = pictures[window.scene];
            const height = 700 * window.near;
            const width = picture ? height * picture.naturalWidth / picture.naturalHeight : 0;
            if (window.badge) {
              const { side, path } = window.badge;
              context.setTransform(12, 1, -1, 12, 300, 120);
              context.fillStyle = '#f4f2ea';
              context.fillRect(0, 0, side, side);
              context.fillStyle = '#222';
              context.fill(new Path2D(path));
              context.setTransform(1, 0, 0, 1, 0, 0);
            } else if (picture) context.drawImage(picture, (960 - width) / 2 + frame %% 3, (720 - height) / 2 + frame %% 2, width, height);
          };
          draw();
          setInterval(draw, 66);
          window.stream = canvas.captureStream(15);
          return window.stream;
        };
        """;

    /** The page of a kiosk in a browser without any data. */
    static KioskPage open(RunningService service, Browser browser, int width, int height, ColorScheme colours) {
        return open(service.address(), browser, width, height, colours);
    }

    static KioskPage open(URI service, Browser browser, int width, int height, ColorScheme colours) {
        return open(service, browser, width, height, colours, CAMERA.formatted(portraits()));
    }

    /** The page before another camera, which a script puts in the place of the browser's. */
    static KioskPage open(URI service, Browser browser, int width, int height, ColorScheme colours, String camera) {
        return at(service.resolve("/kiosk").toString(), browser, width, height, colours, camera);
    }

    /** The page of a kiosk or a phone at an address. */
    static KioskPage at(String address, Browser browser, int width, int height, ColorScheme colours) {
        return at(address, browser, width, height, colours, CAMERA.formatted(portraits()));
    }

    static KioskPage at(String address, Browser browser, int width, int height, ColorScheme colours, String camera) {
        Page page = browser.page(width, height, colours, camera);
        page.navigate(address);
        return new KioskPage(page);
    }

    private static String portraits() {
        return PORTRAITS.stream().map(KioskPage::portrait).collect(Collectors.joining(","));
    }

    private static String portrait(String name) {
        try {
            return name + ":'" + Base64.getEncoder().encodeToString(Pictures.portrait(name)) + "'";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A kiosk that is paired for a site. */
    static KioskPage paired(RunningService service, Browser browser, String site) throws Exception {
        return paired(service, browser, site, 1280, 800, ColorScheme.LIGHT);
    }

    static KioskPage paired(
            RunningService service, Browser browser, String site, int width, int height, ColorScheme colours)
            throws Exception {
        KioskPage kiosk = open(service, browser, width, height, colours);
        kiosk.pair(service, site);
        return kiosk;
    }

    /** Pairs it for a site. */
    void pair(RunningService service, String site) throws Exception {
        JsonNode pairing = service.postJson("/v1/pairings", Map.of("name", "Gate of " + site, "site", site))
                .body();
        page.getByLabel("The six characters").fill(pairing.path("code").asText());
        button("Pair").click();
        assertThat(page.locator(".clock__time")).isVisible();
        assertThat(page.locator(".status")).hasText("Ready");
    }

    /** Who stands before the camera from now on: the name of a portrait, or {@code nobody}. */
    void shows(String scene) {
        page.evaluate("scene => { window.scene = scene; }", scene);
    }

    /** Holds a badge before the camera, or takes it away for null. */
    void holds(@Nullable JsonNode badge) {
        page.evaluate(
                "badge => { window.badge = badge && JSON.parse(badge); }",
                badge == null ? null : badge.path("qr").toString());
    }

    /** How near they stand, 1 for near enough, and how light it is, 1 for daylight. */
    void looks(double near, double light) {
        page.evaluate("([near, light]) => { window.near = near; window.light = light; }", List.of(near, light));
    }

    /** Paints the camera's picture by a script with {@code context}, {@code pictures} and {@code frame}; null for the usual one. */
    void paints(@Nullable String script) {
        page.evaluate("() => { window.paint = "
                + (script == null ? "null" : "(context, pictures, frame) => { " + script + " }") + "; }");
    }

    /** Nobody for long enough that the next face is another visit. */
    void leave() {
        shows("nobody");
        assertThat(headline()).hasText("Look at the camera");
        page.waitForTimeout(4500);
    }

    Locator headline() {
        return page.locator("h1");
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** How many captures wait, as the screen shows it. */
    Locator waiting() {
        return page.locator(".waiting > span[aria-hidden]");
    }

    void close() {
        page.context().close();
    }
}
