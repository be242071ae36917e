package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The screens of a kiosk on a phone, an upright and a lying tablet: they fit, are clean for axe, and can be read in every language. */
class KioskScreensIT extends KioskFixture {

    static final int[][] SIZES = {{320, 568}, {800, 1280}, {1280, 800}};
    private static final Path PICTURES = Path.of("..", "docs", "img");
    private static final Path PICTURES_IN_THE_DARK = Path.of("target", "kiosk-dark");

    private static final List<String> SPOKEN = List.of("Español", "Deutsch", "English");

    @Test
    void everyScreen_fitsAndIsCleanForAxe() throws Exception {
        for (int[] size : SIZES) {
            for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                KioskPage kiosk = KioskPage.open(service, browser, size[0], size[1], colours);
                assertThat(kiosk.headline()).hasText("Pair this kiosk");
                everyWay(kiosk, "pairing");
                kiosk.pair(service, BUSY);
                everyWay(kiosk, "ready");
                kiosk.looks(0.22, 1);
                kiosk.shows("astronaut");
                assertThat(kiosk.page().locator(".hint")).hasText("A little closer");
                fits(kiosk, "hint");
                picture(kiosk, "kiosk-ready", size, colours);
                kiosk.looks(1, 1);
                kiosk.shows("nobody");
                kiosk.button("My number").click();
                everyWay(kiosk, "number");
                kiosk.page().keyboard().press("Escape");
                kiosk.shows("geronimo");
                assertThat(kiosk.page().locator(".mark")).isVisible();
                fits(kiosk, "marked");
                picture(kiosk, "kiosk-marked", size, colours);
                clean(kiosk, "marked");
                kiosk.headline().click();
                kiosk.leave();
                kiosk.shows("william");
                assertThat(kiosk.headline()).hasText(Pattern.compile("We didn’t recognise you"));
                fits(kiosk, "refused");
                picture(kiosk, "kiosk-refused", size, colours);
                clean(kiosk, "refused");
                kiosk.close();
            }
        }
    }

    static void everyWay(KioskPage kiosk, String screen) {
        fits(kiosk, screen);
        clean(kiosk, screen);
        turned(kiosk, ignored -> fits(kiosk, screen + ", right to left"));
    }

    private static void turned(KioskPage kiosk, Consumer<Page> then) {
        kiosk.page().evaluate("document.documentElement.dir = 'rtl'");
        then.accept(kiosk.page());
        kiosk.page().evaluate("document.documentElement.dir = 'ltr'");
    }

    /** Every button, field and word is within the screen, and no word is cut off. */
    static void fits(KioskPage kiosk, String screen) {
        Object outside = kiosk.page().evaluate("""
            () => [...document.querySelectorAll('h1, h2, p:not(.is-empty), button, select, input, output, time, .mark, .portal__in')]
              .filter((one) => one.checkVisibility() && one.getClientRects().length)
              .filter((one) => {
                const box = one.getBoundingClientRect();
                return box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1
                  || (one.tagName !== 'SELECT' && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 && getComputedStyle(one).display !== 'inline');
              })
              .map((one) => one.outerHTML.slice(0, 120))""");
        assertThat((List<?>) outside)
                .as(screen + " at " + kiosk.page().viewportSize().width)
                .isEmpty();
        assertThat(((Number) kiosk.page().evaluate("document.querySelector('.portal__in')?.offsetWidth ?? 999"))
                        .intValue())
                .as("the mirror of " + screen)
                .isGreaterThan(120);
    }

    static void clean(KioskPage kiosk, String screen) {
        List<String> faults = new AxeBuilder(kiosk.page())
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")).analyze().getViolations().stream()
                        .map(rule -> screen + ": " + rule.getHelp() + " "
                                + rule.getNodes().get(0).getHtml())
                        .toList();
        assertThat(faults).isEmpty();
    }

    private static void picture(KioskPage kiosk, String name, int[] size, ColorScheme colours) throws IOException {
        Path folder = Files.createDirectories(colours == ColorScheme.LIGHT ? PICTURES : PICTURES_IN_THE_DARK);
        kiosk.page().waitForTimeout(400);
        kiosk.page().screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + "-" + size[0] + ".png")));
    }

    @Test
    void languages_areSwitchedAtTheKioskAndFit() throws Exception {
        KioskPage kiosk = KioskPage.paired(service, browser, BUSY, 320, 568, ColorScheme.LIGHT);
        for (String language : SPOKEN) {
            kiosk.page().locator(".lang select").selectOption(language);
            fits(kiosk, language);
        }
        kiosk.page().locator(".lang select").selectOption("Español");
        assertThat(kiosk.headline()).hasText("Mire a la cámara");
        kiosk.page().reload();
        assertThat(kiosk.headline()).hasText("Mire a la cámara");
        kiosk.close();
    }
}
