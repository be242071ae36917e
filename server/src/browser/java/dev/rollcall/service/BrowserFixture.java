package dev.rollcall.service;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the pages for the office have: a service, which each class starts in its own way, and Chromium. */
abstract class BrowserFixture {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    @TempDir
    static Path folder;

    /** To be set before the first test. */
    static AdminPages pages;

    @BeforeAll
    static void requireBrowser() {
        AdminPages.requireBrowser();
        pages = null;
    }

    @AfterAll
    static void stop() throws Exception {
        if (pages != null) {
            pages.close();
        }
    }

    @AfterEach
    void nothingIsAgainstThePolicy() {
        pages.requireNoComplaints();
    }

    /** No rule of axe finds a fault on the page. */
    static void requireClean(Page page, String screen) {
        List<String> faults = new AxeBuilder(page)
                .withTags(RULES).analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " "
                                + rule.getNodes().get(0).getHtml())
                        .toList();
        Assertions.assertThat(faults).as(screen).isEmpty();
    }

    /** Nothing of the page lies beyond its width, in both directions of writing. */
    static void requireFitting(Page page, String screen) {
        for (String direction : List.of("rtl", "ltr")) {
            page.evaluate("direction => { document.documentElement.dir = direction; }", direction);
            int overflow =
                    (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assertions.assertThat(overflow)
                    .as("%s at %d, %s", screen, page.viewportSize().width, direction)
                    .isLessThanOrEqualTo(0);
        }
    }
}
