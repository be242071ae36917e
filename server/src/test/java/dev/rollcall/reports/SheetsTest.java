package dev.rollcall.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import dev.rollcall.people.UserId;
import dev.rollcall.reports.SheetStore.PersonRecord;
import dev.rollcall.reports.SheetStore.Whose;
import dev.rollcall.reports.TryShift.ChangedMonth;
import dev.rollcall.reports.TryShift.Trial;
import dev.rollcall.schedule.Assignment;
import dev.rollcall.schedule.Assignment.Assignee;
import dev.rollcall.schedule.Dates;
import dev.rollcall.schedule.DayMark;
import dev.rollcall.schedule.DayStatus;
import dev.rollcall.schedule.Grace;
import dev.rollcall.schedule.Shift;
import dev.rollcall.schedule.ShiftChange;
import dev.rollcall.schedule.ShiftRules;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Months, work lists and trials; 5 October 2026 is a Monday. */
class SheetsTest {

    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
    private static final LocalDate MONDAY = LocalDate.of(2026, 10, 5);
    private static final Dates WEEK = new Dates(MONDAY, MONDAY.plusDays(6));
    private static final Clock LATER = Clock.fixed(Instant.parse("2026-12-01T00:00:00Z"), MADRID);
    private static final ShiftRules EARLY = ShiftRules.plain(
            LocalTime.of(8, 0), LocalTime.of(16, 0), EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));

    private static final ShiftRules NIGHT =
            ShiftRules.plain(LocalTime.of(22, 0), LocalTime.of(6, 0), EnumSet.allOf(DayOfWeek.class));

    private final MadeUpSheets store = new MadeUpSheets();
    private final Sheets sheets = new Sheets(new SheetSources(store, store, store, store, LATER));
    private final TryShift trials = new TryShift(new SheetSources(store, store, store, store, LATER));

    SheetsTest() {
        store.shifts.add(new Shift("early", "Early", EARLY, Instant.EPOCH, Instant.EPOCH, "1"));
        store.shifts.add(new Shift("night", "Night", NIGHT, Instant.EPOCH, Instant.EPOCH, "1"));
    }

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

    @Test
    void trial_listsTheDaysThatWouldLookOtherwise() {
        store.add(person("ann", true, MONDAY.atTime(8, 4), MONDAY.atTime(16, 0)));
        store.add(person("bob", true, MONDAY.atTime(8, 6), MONDAY.atTime(16, 0)));
        ShiftChange.Rules grace = new ShiftChange.Rules(null, null, null, null, new Grace(5, 0), null, null);

        List<ChangedMonth> changed = trial(grace, false);

        assertThat(changed).singleElement().satisfies(ann -> {
            assertThat(ann.userId()).isEqualTo(new UserId("ann"));
            assertThat(ann.days()).singleElement().satisfies(day -> {
                assertThat(day.date()).isEqualTo(MONDAY);
                assertThat(day.before().status()).isEqualTo(DayStatus.LATE);
                assertThat(day.after().status()).isEqualTo(DayStatus.PRESENT);
            });
        });
        assertThat(trials.page(new Trial("other", grace, Whose.EVERYBODY, WEEK, false, null, 5)))
                .isEmpty();
    }

    @Test
    void trial_canAssignTheShift() {
        PersonRecord free = person("ann", true);
        store.add(
                new PersonRecord(free.userId(), null, "Ann", null, null, free.createdAt(), null, List.of(), List.of()));

        assertThat(trial(ShiftChange.Rules.NONE, false)).isEmpty();
        assertThat(trial(ShiftChange.Rules.NONE, true)).singleElement().satisfies(ann -> {
            assertThat(ann.days()).hasSize(7);
            assertThat(ann.after().days()).containsEntry(DayStatus.ABSENT, 5);
        });
    }

    /** Marks from three days before the range until three days after it. */
    @Property(tries = 200)
    void trialOfTheRulesThereAre_changesNothing(
            @ForAll @Size(max = 24) List<@IntRange(min = -4320, max = 14_400) Integer> minutes,
            @ForAll boolean atNight) {
        LocalDateTime[] marks = minutes.stream()
                .distinct()
                .sorted()
                .map(minute -> MONDAY.atStartOfDay().plusMinutes(minute))
                .toArray(LocalDateTime[]::new);
        ShiftRules rules = atNight ? NIGHT : EARLY;
        String shift = atNight ? "night" : "early";
        store.people.clear();
        store.add(person("ann", shift, null, marks));
        ShiftChange.Rules same = new ShiftChange.Rules(
                rules.start(),
                rules.end(),
                rules.days(),
                rules.breaks(),
                rules.grace(),
                rules.window(),
                rules.rounding());

        assertThat(trial(shift, ShiftChange.Rules.NONE, false)).isEmpty();
        assertThat(trial(shift, same, false)).isEmpty();
        assertThat(trial(shift, same, true)).isEmpty();
    }

    @Test
    void trialThatAssigns_leavesTheDaysBesideItAsTheyAre() {
        List<LocalDateTime> nights = new ArrayList<>();
        for (int day = -3; day < 10; day++) {
            nights.add(MONDAY.plusDays(day).atTime(22, 0));
            nights.add(MONDAY.plusDays(day + 1).atTime(6, 0));
        }
        store.add(person("ann", "night", null, nights.toArray(LocalDateTime[]::new)));

        assertThat(trial("night", ShiftChange.Rules.NONE, true)).isEmpty();
    }

    @Test
    void trialThatChangesManyDays_goesOnPageByPage() {
        for (int i = 100; i < 500; i++) {
            store.add(person("p" + i, true, MONDAY.atTime(8, 0), MONDAY.atTime(16, 0)));
        }
        List<String> found = new ArrayList<>();
        SheetPosition after = null;
        do {
            Page<ChangedMonth> page = trials.page(
                            new Trial("night", ShiftChange.Rules.NONE, Whose.EVERYBODY, WEEK, true, after, 1000))
                    .orElseThrow();
            assertThat(page.items().stream().mapToInt(one -> one.days().size()).sum())
                    .isLessThan(TryShift.MOST_DAYS + 7);
            page.items().forEach(one -> found.add(one.userId().value()));
            after = next(page.next());
        } while (after != null);

        assertThat(found).hasSize(400).doesNotHaveDuplicates().isSorted();
    }

    private List<ChangedMonth> trial(ShiftChange.Rules rules, boolean assigns) {
        return trial("early", rules, assigns);
    }

    private List<ChangedMonth> trial(String shift, ShiftChange.Rules rules, boolean assigns) {
        return trials.page(new Trial(shift, rules, Whose.EVERYBODY, WEEK, assigns, null, 10))
                .orElseThrow()
                .items();
    }

    private static Sheets.Query query(
            Dates range, @Nullable DayStatus status, @Nullable SheetPosition after, int limit) {
        return new Sheets.Query(Whose.EVERYBODY, range, status, after, limit);
    }

    private static @Nullable SheetPosition next(Optional<Cursor> cursor) {
        return cursor.flatMap(SheetPosition::parse).orElse(null);
    }

    private static PersonRecord person(String id, boolean active, LocalDateTime... times) {
        return person(id, "early", active ? null : Instant.EPOCH, times);
    }

    private static PersonRecord person(
            String id, String shift, @Nullable Instant inactiveSince, LocalDateTime... times) {
        List<DayMark> marks = new ArrayList<>();
        for (LocalDateTime time : times) {
            Instant at = time.atZone(MADRID).toInstant();
            marks.add(new DayMark(
                    marks.size() + 1L,
                    at,
                    time.toLocalDate(),
                    null,
                    "default",
                    Source.DEVICE,
                    MarkState.PRESENT,
                    false));
        }
        UserId userId = new UserId(id);
        Assignment assignment = new Assignment(
                1, shift, Assignee.person(userId), new Dates(LocalDate.of(2026, 1, 1), null), Instant.EPOCH);
        return new PersonRecord(userId, null, id, null, null, Instant.EPOCH, inactiveSince, List.of(assignment), marks);
    }
}
