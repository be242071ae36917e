package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every field of names, filled with {@link NaughtyNames}: they are shown as text, wherever they are shown. */
class BrowserNamesIT extends BrowserFixture {

    /** What names must not become. The pages have none of these themselves. */
    private static final String ELEMENTS_OF_NAMES =
            "#app :is(script, style, img, iframe, object, embed, audio, meta, link, base, marquee, math, template, b"
                    + " b)";

    /** The screens that the pages read in parts show so many at once. */
    private static final int DEVICES_AT_ONCE = 100;

    /** Cards of shifts on one screen; a service takes a thousand. */
    private static final int SHIFTS = 200;

    /** As many as a service takes. */
    private static final int WEBHOOKS = 20;

    private static final List<String> NAMES = NaughtyNames.all();
    private static SampleDay day;

    @BeforeAll
    static void start() throws Exception {
        pages = AdminPages.start(folder, Map.of());
        day = new SampleDay(pages.service(), pages.key());
    }

    @Test
    void namesOfPeople_areTextInEveryListAndDrawer() throws Exception {
        day.enrollAll();
        for (String person : SampleDay.OTHERS) {
            pages.service().recognize(person, Pictures.portrait(person));
        }
        Page page = pages.signedIn(1280);
        int people = SampleDay.OTHERS.size();
        for (int from = 0; from < NAMES.size(); from += people) {
            List<String> some = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                String name = NAMES.get((from + i) % NAMES.size());
                some.add(name);
                day.rename(
                        SampleDay.OTHERS.get(i), name, name, (name + i).substring(0, Math.min(199, name.length() + 1)));
            }
            shows(page, "people", "td .who .link", some);
            shows(page, "people", "td:nth-child(2) bdi", some);
            shows(page, "attendance", "td .who .link", some);
            shows(page, "months", "td .who .link", some);
            shows(page, "months", "td:nth-child(2) bdi", some);
            if (from % (people * 8) == 0) {
                shows(page, "overview", "main li b", some.subList(people - 6, people));
                shows(page, "people/" + SampleDay.OTHERS.get(0), "dialog h2", some.subList(0, 1));
                shows(page, "attendance?person=" + SampleDay.OTHERS.get(0), "dialog h2", some.subList(0, 1));
            }
        }
        page.context().close();
    }

    @Test
    void namesOfKeys_areText() throws Exception {
        for (String name : NAMES) {
            pages.service().postJson("/v1/keys", pages.key(), Map.of("name", name, "scopes", List.of("read")));
        }
        Page page = pages.signedIn(1280);

        shows(page, "keys", "td b", NAMES);
        page.context().close();
    }

    @Test
    void namesOfKiosks_areText() throws Exception {
        for (String name : NAMES) {
            day.pairKiosk(name);
        }
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "kiosks");
        for (int shown = DEVICES_AT_ONCE; shown < NAMES.size(); shown += DEVICES_AT_ONCE) {
            AdminPages.button(page, "Show more").click();
            assertThat(page.locator("article")).hasCount(Math.min(NAMES.size(), shown + DEVICES_AT_ONCE));
        }

        requireShown(page, "article h2", NAMES);
        page.context().close();
    }

    @Test
    void namesOfSites_areText() throws Exception {
        for (int i = 0; i < NAMES.size(); i++) {
            pages.service().postJson("/v1/sites", pages.key(), Map.of("site", "s" + i, "name", NAMES.get(i)));
        }
        Page page = pages.signedIn(1280);

        shows(page, "sites", "article h2", NAMES);
        shows(page, "overview", "main option", NAMES);
        page.context().close();
    }

    @Test
    void namesOfShiftsAndHolidays_areText() throws Exception {
        List<String> some = NAMES.subList(0, Math.min(NAMES.size(), SHIFTS));
        LocalDate first = LocalDate.of(2026, 1, 1);
        for (int i = 0; i < some.size(); i++) {
            Map<String, Object> shift =
                    Map.of("shift", "s" + i, "name", some.get(i), "start", "08:00", "end", "16:00", "days", List.of(1));
            assertThat(pages.service()
                            .postJson("/v1/shifts", pages.key(), shift)
                            .status())
                    .as(some.get(i))
                    .isEqualTo(201);
        }
        for (int i = 0; i < NAMES.size(); i++) {
            Map<String, Object> holiday = Map.of("date", first.plusDays(i).toString(), "name", NAMES.get(i));
            assertThat(pages.service()
                            .postJson("/v1/holidays", pages.key(), holiday)
                            .status())
                    .as(NAMES.get(i))
                    .isEqualTo(201);
        }
        Page page = pages.signedIn(1280);
        shows(page, "shifts", "article h2", some);
        requireShown(page, "section .list b", NAMES);
        for (int i : new int[] {0, 7, 40}) {
            shows(page, "shifts/s" + i, "dialog h2", some.subList(i, i + 1));
        }
        page.context().close();
    }

    @Test
    void namesAndAddressesOfWebhooks_areText() throws Exception {
        for (int from = 0; from < WEBHOOKS * 5; from += WEBHOOKS) {
            List<String> some = NAMES.subList(from, from + WEBHOOKS);
            List<String> addresses = new ArrayList<>();
            List<String> made = new ArrayList<>();
            for (String name : some) {
                addresses.add("https://example.org/?q=" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "'()");
                Map<String, Object> webhook = Map.of(
                        "name", name, "url", addresses.get(addresses.size() - 1), "events", List.of("alarm.clock"));
                RunningService.Answer answer = pages.service().postJson("/v1/webhooks", pages.key(), webhook);
                assertThat(answer.status()).as(name + answer.body()).isEqualTo(201);
                made.add(answer.body().at("/webhook/id").asText());
            }
            Page page = pages.signedIn(1280);
            shows(page, "webhooks", "article h2", some);
            requireShown(page, "article .mono", addresses);
            shows(page, "webhooks/" + made.get(0), "main section h2", List.of("Deliveries to " + some.get(0)));
            page.context().close();
            for (String id : made) {
                pages.service().delete("/v1/webhooks/" + id, pages.key());
            }
        }
    }

    @Test
    void nameThatIsTyped_isStoredAsItIs() throws Exception {
        day.enroll("manuel");
        Page page = pages.signedIn(1280);
        AdminPages.open(page, "people/manuel");
        for (String name : NAMES.subList(0, 12)) {
            AdminPages.field(page, "Name").fill(name);
            AdminPages.button(page, "Save").click();
            assertThat(page.locator("dialog h2").first()).hasText(name);
        }
        page.context().close();
    }

    private static void shows(Page page, String screen, String selector, List<String> names) {
        AdminPages.open(page, "health");
        AdminPages.open(page, screen);
        requireShown(page, selector, names);
    }

    /** Each name is the whole text of an element, white space apart, and none has become an element. */
    private static void requireShown(Page page, String selector, List<String> names) {
        assertThat(page.locator(selector).first()).isAttached();
        @SuppressWarnings("unchecked")
        List<String> missing = (List<String>) page.evaluate("""
            ([selector, names]) => {
              const shown = new Set([...document.querySelectorAll(selector)].map((one) => one.textContent.trim()));
              return names.filter((name) => !shown.has(name.trim()));
            }\
            """, List.of(selector, names));
        assertThat(missing).as(selector).isEmpty();
        assertThat(page.locator(ELEMENTS_OF_NAMES)).hasCount(0);
    }
}
