package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No test of behaviour: measures how long a greeting takes, what the page of a kiosk weighs, whether its memory grows over 500 marks, and
 * what a kiosk that waits costs the service, and prints it. Run by its name alone; it takes some twenty minutes.
 */
class KioskMeasurement extends KioskFixture {

    private static final int MARKS = 500;
    private static final int MARKS_A_ROW = 50;
    private static final int GREETINGS = 40;
    private static final Duration OBSERVED = Duration.ofMinutes(3);

    /**
     * Answers hints and marks in the page, and lets its time pass four times as fast: what the page does for a mark is the same, and the memory
     * of the page is looked at alone. Somebody is there when {@code window.scene} is not {@code nobody}.
     */
    private static final String QUICK = """
        const [later, every, real, fetched] = [setTimeout, setInterval, performance.now.bind(performance), fetch];
        window.setTimeout = (then, ms, ...rest) => later(then, ms / 4, ...rest);
        window.setInterval = (then, ms, ...rest) => every(then, ms / 4, ...rest);
        performance.now = () => 4 * real();
        const json = (value) => new Response(JSON.stringify(value), { headers: { 'Content-Type': 'application/json' } });
        window.count = 0;
        window.fetch = async (path, ...rest) => {
          const isThere = window.scene !== 'nobody';
          if (String(path).startsWith('/v1/hints')) {
            return json({ face: isThere ? { x: 300, y: 100, width: 200, height: 260 } : null, ready: isThere, hint: isThere ? null : 'NO_FACE' });
          }
          if (path !== '/identify') return fetched(path, ...rest);
          window.count += 1;
          return json({ user_id: 'p' + window.count, name: 'Name ' + window.count,
            attendance: { id: window.count, direction: 'in', number: 1, marked_at: new Date().toISOString() } });
        };
        """;

    @Test
    void memoryOverManyMarks() throws Exception {
        KioskPage kiosk = KioskPage.open(service, browser, 800, 1280, ColorScheme.LIGHT);
        kiosk.page().context().addInitScript(QUICK);
        kiosk.page().reload();
        kiosk.pair(service, BUSY);
        CDPSession tools = kiosk.page().context().newCDPSession(kiosk.page());
        tools.send("Performance.enable");
        print("| marks | JavaScript, MB | DOM nodes | listeners |");
        print("|---|---|---|---|");
        for (int done = 0; done <= MARKS; done += MARKS_A_ROW) {
            if (done > 0) {
                marks(kiosk, MARKS_A_ROW);
            }
            tools.send("HeapProfiler.collectGarbage");
            JsonObject metrics = tools.send("Performance.getMetrics");
            print(String.format(
                    Locale.ROOT,
                    "| %d | %.2f | %.0f | %.0f |",
                    done,
                    metric(metrics, "JSHeapUsedSize") / 1e6,
                    metric(metrics, "Nodes"),
                    metric(metrics, "JSEventListeners")));
        }
        kiosk.close();
    }

    private static void marks(KioskPage kiosk, int count) {
        for (int i = 0; i < count; i++) {
            kiosk.shows("geronimo");
            assertThat(kiosk.page().locator(".mark")).isVisible();
            kiosk.shows("nobody");
            kiosk.headline().click();
            kiosk.page().waitForTimeout(450);
        }
    }

    private static double metric(JsonObject metrics, String name) {
        for (JsonElement metric : metrics.getAsJsonArray("metrics")) {
            if (metric.getAsJsonObject().get("name").getAsString().equals(name)) {
                return metric.getAsJsonObject().get("value").getAsDouble();
            }
        }
        throw new IllegalArgumentException(name);
    }

    @Test
    void greetings() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < GREETINGS; i++) {
            kiosk.shows(i % 2 == 0 ? "geronimo" : "segoyewatha");
            assertThat(kiosk.page().locator(".mark")).isVisible();
            times.add(((Number) kiosk.page().evaluate("performance.getEntriesByName('rollcall.greeting')[0].duration"))
                    .doubleValue());
            kiosk.shows("nobody");
            kiosk.headline().click();
            kiosk.page().waitForTimeout(1800);
        }
        times.sort(null);
        print(String.format(
                Locale.ROOT,
                "from the first good frame to the greeting, ms: lowest %.0f, median %.0f, 90 %% below %.0f, highest %.0f",
                times.get(0),
                times.get(GREETINGS / 2),
                times.get(GREETINGS * 9 / 10),
                times.get(GREETINGS - 1)));
        kiosk.close();
    }

    @Test
    void weight() {
        Page page = browser.page(800, 1280, ColorScheme.LIGHT, "");
        CDPSession tools = page.context().newCDPSession(page);
        AtomicLong bytes = new AtomicLong();
        AtomicLong requests = new AtomicLong();
        tools.on("Network.loadingFinished", event -> {
            bytes.addAndGet(event.get("encodedDataLength").getAsLong());
            requests.incrementAndGet();
        });
        tools.send("Network.enable");
        page.navigate(service.address().resolve("/kiosk").toString());
        assertThat(page.locator("h1")).isVisible();
        page.waitForTimeout(1000);
        print("the page: %d kB compressed, %d requests".formatted(bytes.get() / 1000, requests.get()));
        page.context().close();
    }

    @Test
    void processorOfTheService() throws Exception {
        Thread.sleep(30_000);
        Duration without = processor(null);
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY);
        kiosk.page().waitForTimeout(15_000);
        Duration with = processor(kiosk);
        print("processor time of the service over %d s: %d ms without a kiosk, %d ms with one that waits"
                .formatted(OBSERVED.toSeconds(), without.toMillis(), with.toMillis()));
        kiosk.close();
    }

    private static Duration processorTime() {
        return ProcessHandle.of(service.pid())
                .orElseThrow()
                .info()
                .totalCpuDuration()
                .orElseThrow();
    }

    private static Duration processor(@Nullable KioskPage kiosk) throws Exception {
        Duration before = processorTime();
        if (kiosk == null) {
            Thread.sleep(OBSERVED.toMillis());
        } else {
            kiosk.page().waitForTimeout((double) OBSERVED.toMillis());
        }
        return processorTime().minus(before);
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
