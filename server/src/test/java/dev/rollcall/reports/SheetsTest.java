package dev.rollcall.reports;

import static dev.rollcall.reports.SheetSamples.LATER;
import static dev.rollcall.reports.SheetSamples.MADRID;
import static dev.rollcall.reports.SheetSamples.MONDAY;
import static dev.rollcall.reports.SheetSamples.WEEK;
import static dev.rollcall.reports.SheetSamples.next;
import static dev.rollcall.reports.SheetSamples.person;
import static dev.rollcall.reports.SheetSamples.sources;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Page;
import dev.rollcall.people.UserId;
import dev.rollcall.reports.SheetStore.Whose;
import dev.rollcall.schedule.Dates;
import dev.rollcall.schedule.DayStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Months, work lists and trials; 5 October 2026 is a Monday. */
class SheetsTest {

    private final MadeUpSheets store = SheetSamples.store();
    private final Sheets sheets = new Sheets(sources(store));

    @Test
    void month_hasTheSumsOfItsDays() {
        store.add(person(
                "ann",
                true,
                MONDAY.atTime(8, 10),
                MONDAY.atTime(16, 30),
                MONDAY.plusDays(1).atTime(8, 0)));

        PersonMonth week = sheets.months(query(WEEK, null, null, 10)).items().get(0);

        assertThat(week.days()).hasSize(7);
        Totals totals = week.totals();
        assertThat(totals.hours().worked()).isEqualTo(8 * 3600 + 1200);
        assertThat(totals.hours().overtime()).isEqualTo(1200);
        assertThat(totals.plannedSeconds()).isEqualTo(5 * 8 * 3600);
        assertThat(totals.lateSeconds()).isEqualTo(600);
        assertThat(totals.unknownDays()).isEqualTo(1);
        assertThat(totals.days())
                .containsEntry(DayStatus.LATE, 1)
                .containsEntry(DayStatus.INCOMPLETE, 1)
                .containsEntry(DayStatus.ABSENT, 3)
                .containsEntry(DayStatus.DAY_OFF, 2);
    }

    @Test
    void inactivePeople_areListedWithMarksAlone() {
        store.add(person("ann", false));
        store.add(person("bob", false, MONDAY.atTime(8, 0), MONDAY.atTime(16, 0)));

        assertThat(sheets.months(query(WEEK, null, null, 10)).items())
                .extracting(PersonMonth::userId)
                .containsExactly(new UserId("bob"));
        assertThat(sheets.days(query(WEEK, null, null, 10)).items()).hasSize(1);
    }

    @Test
    void inactivePersonWithMarksBesideTheRangeAlone_isNotListed() {
        store.add(person(
                "ann",
                false,
                MONDAY.minusDays(1).atTime(8, 0),
                MONDAY.plusDays(7).atTime(8, 0)));

        assertThat(sheets.months(query(WEEK, null, null, 10)).items()).isEmpty();
        assertThat(sheets.days(query(WEEK, null, null, 10)).items()).isEmpty();
    }

    @Test
    void absencesOfSomebodyWhoLeft_stay() {
        store.add(person(
                "ann", "early", MONDAY.plusDays(2).atTime(9, 0).atZone(MADRID).toInstant()));

        assertThat(sheets.months(query(WEEK, null, null, 10)).items())
                .singleElement()
                .satisfies(month -> assertThat(month.totals().days())
                        .containsEntry(DayStatus.ABSENT, 2)
                        .containsEntry(DayStatus.DAY_OFF, 0));
        assertThat(sheets.days(query(WEEK, null, null, 10)).items())
                .extracting(day -> day.sheet().plan().date())
                .containsExactly(MONDAY, MONDAY.plusDays(1));
    }

    @Test
    void forgottenCheckOuts_areAListThatGoesOnPageByPage() {
        for (int i = 100; i < 160; i++) {
            store.add(person(
                    "p" + i, true, MONDAY.atTime(8, 0), MONDAY.plusDays(2).atTime(8, 0)));
        }
        List<String> found = new ArrayList<>();
        SheetPosition after = null;
        do {
            Page<PersonDay> page = sheets.days(query(WEEK, DayStatus.INCOMPLETE, after, 7));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(7);
            page.items()
                    .forEach(day ->
                            found.add(day.userId() + " " + day.sheet().plan().date()));
            after = next(page.next());
        } while (after != null);

        assertThat(found).hasSize(120).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void requestForManyPeople_looksAtSomeAndGoesOn() {
        Dates days = new Dates(MONDAY, MONDAY.plusDays(61));
        for (int i = 1000; i < 1700; i++) {
            store.add(person("p" + i, true));
        }

        Page<PersonDay> first = sheets.days(query(days, DayStatus.INCOMPLETE, null, 7));
        assertThat(first.items()).isEmpty();
        Page<PersonDay> second = sheets.days(query(days, DayStatus.INCOMPLETE, next(first.next()), 7));

        assertThat(first.next()).isPresent();
        assertThat(second.next()).isEmpty();
    }

    @Test
    void report_isOfOnePerson() {
        store.add(person("ann", true, MONDAY.atTime(8, 0), MONDAY.atTime(16, 0)));

        Sheets.Report report = sheets.report(new UserId("ann"), WEEK).orElseThrow();

        assertThat(report.days()).hasSize(7);
        assertThat(report.days().get(0).sheet().marks()).hasSize(2);
        assertThat(sheets.report(new UserId("bob"), WEEK)).isEmpty();
    }

    @Test
    void exportedMonths_areThoseFromTheFirstMarkOn() {
        store.add(person("ann", true, MONDAY.atTime(8, 10), MONDAY.atTime(16, 0)));
        ExportedMonths months = new ExportedMonths(sheets, LATER);

        List<Map<String, Object>> exported = months.since(new UserId("ann"), MONDAY);

        assertThat(exported).extracting(month -> month.get("month")).containsExactly("2026-10", "2026-11", "2026-12");
        assertThat(exported.get(0)).containsEntry("worked_seconds", 28_200L).containsEntry("late_seconds", 600L);
        assertThat(months.since(new UserId("bob"), MONDAY)).isEmpty();
    }

    private static Sheets.Query query(
            Dates range, @Nullable DayStatus status, @Nullable SheetPosition after, int limit) {
        return new Sheets.Query(Whose.EVERYBODY, range, status, after, limit);
    }
}
