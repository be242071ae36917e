package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No test of behaviour: measures what the pages weigh, how soon they are usable on a slow phone, and what an open page costs the
 * service, and prints it. Run by its name alone; it takes some minutes.
 */
class PagesMeasurement {

    private static final List<String> SCREENS = List.of(
            "overview",
            "attendance",
            "people",
            "approvals",
            "refused",
            "alarms",
            "kiosks",
            "keys",
            "sites",
            "sites/default/accuracy",
            "try",
            "settings",
            "health");

    private static final int PHONE_WIDTH = 390;
    private static final int CPU_SLOWDOWN = 4;
    private static final int LATENCY_MS = 150;
    private static final int BYTES_PER_SECOND = 1_600_000 / 8;
    private static final int SETTLED_MS = 30_000;
    private static final Duration OBSERVED = Duration.ofSeconds(150);

    @TempDir
    Path folder;

    @Test
    void weightsAndTimes() throws Exception {
        try (AdminPages pages = filled()) {
            weights(pages);
        }
    }

    @Test
    void memory() throws Exception {
        try (AdminPages pages = filled()) {
            memory(pages);
        }
    }

    private AdminPages filled() throws Exception {
        AdminPages pages = AdminPages.start(folder, Map.of());
        SampleDay day = new SampleDay(pages.service(), pages.key());
        day.fill();
        day.fillTheOtherScreens();
        return pages;
    }

    private static void weights(AdminPages pages) throws Exception {
        print("| screen | kB, compressed | requests | first, s | again, s |");
        print("|---|---|---|---|---|");
        for (String screen : SCREENS) {
            Page page = pages.signedIn(PHONE_WIDTH);
            CDPSession tools = page.context().newCDPSession(page);
            AtomicLong bytes = new AtomicLong();
            AtomicLong requests = new AtomicLong();
            tools.on("Network.loadingFinished", event -> {
                bytes.addAndGet(event.get("encodedDataLength").getAsLong());
                requests.incrementAndGet();
            });
            tools.send("Network.enable");
            tools.send("Network.clearBrowserCache");
            slowDown(tools);
            double first = seconds(pages, page, screen);
            long weight = bytes.get();
            long count = requests.get();
            double again = seconds(pages, page, screen);
            print("| %s | %.0f | %d | %.1f | %.1f |".formatted(screen, weight / 1000.0, count, first, again));
            page.context().close();
        }
    }

    private static void slowDown(CDPSession tools) {
        JsonObject network = new JsonObject();
        network.addProperty("offline", false);
        network.addProperty("latency", LATENCY_MS);
        network.addProperty("downloadThroughput", BYTES_PER_SECOND);
        network.addProperty("uploadThroughput", BYTES_PER_SECOND);
        tools.send("Network.emulateNetworkConditions", network);
        JsonObject processor = new JsonObject();
        processor.addProperty("rate", CPU_SLOWDOWN);
        tools.send("Emulation.setCPUThrottlingRate", processor);
    }

    /** The time from opening an address until the screen has its content. */
    private static double seconds(AdminPages pages, Page page, String screen) {
        page.navigate("about:blank");
        long start = System.nanoTime();
        page.navigate(pages.service().address().resolve("/admin").toString() + "#/" + screen);
        assertThat(page.locator("main h1")).isVisible();
        page.waitForFunction("() => document.querySelector('main h1') && !document.querySelector('.bone')");
        return (System.nanoTime() - start) / 1e9;
    }

    private static void memory(AdminPages pages) throws Exception {
        Thread.sleep(SETTLED_MS);
        double without = averageKilobytes(pages, null);
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "overview");
        page.waitForTimeout(SETTLED_MS);
        AtomicLong requests = new AtomicLong();
        page.onRequest(request -> requests.incrementAndGet());
        double with = averageKilobytes(pages, page);
        print("memory without a page %.1f MB, with one %.1f MB: ratio %.3f"
                .formatted(without / 1000, with / 1000, with / without));
        print("requests of an open overview a minute: %.1f".formatted(requests.get() * 60.0 / OBSERVED.toSeconds()));
        page.context().close();
    }

    private static double averageKilobytes(AdminPages pages, Page page) throws Exception {
        double sum = 0;
        long samples = OBSERVED.toSeconds();
        for (long i = 0; i < samples; i++) {
            if (page == null) {
                Thread.sleep(1000);
            } else {
                page.waitForTimeout(1000);
            }
            sum += pages.service().residentKilobytes();
        }
        return sum / samples;
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
