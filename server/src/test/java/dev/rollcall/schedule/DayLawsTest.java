package dev.rollcall.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.attendance.WorkDays;
import dev.rollcall.schedule.BreakRule.Kind;
import dev.rollcall.schedule.DaySheet.Deviation;
import dev.rollcall.schedule.Rounding.Mode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for the days of any shift, time zone and marks. */
class DayLawsTest {

    private static final LocalDateTime LATER = LocalDateTime.of(2028, 1, 1, 0, 0);

    /** A site, a shift, and the times of marks in minutes after a midnight. */
    record Case(Days days, LocalDate first, List<DayMark> marks) {

        LocalDate last() {
            return first.plusDays(9);
        }

        List<DaySheet> sheets() {
            return days.days(first, last(), marks);
        }
    }

    @Property(tries = 300)
    void workedAndUnpaidBreaks_areTheSpan(@ForAll("cases") Case any) {
        for (DaySheet sheet : any.sheets()) {
            Hours hours = sheet.hours();
            Instant in = sheet.firstIn();
            Instant out = sheet.lastOut();
            if (hours != null && in != null && out != null) {
                Shift shift = sheet.plan().shift();
                Rounding rounding =
                        shift == null ? Rounding.NONE : shift.rules().rounding();
                ZoneId zone = any.days().workDays().zone();
                long begin = rounding.inSeconds(in, zone);
                long span = Math.max(0, rounding.outSeconds(out, zone) - begin);
                // Without rounding the two are equal: there is no slack.
                assertThat(hours.worked() + hours.unpaidBreak()).isBetween(span, span + rounding.minutes() * 120L);
                assertThat(hours.worked()).isGreaterThanOrEqualTo(hours.paidBreak());
                assertThat(hours.unpaidBreak()).isNotNegative();
                assertThat(hours.overtime()).isBetween(0L, hours.worked());
            }
        }
    }

    /** Counts, minute by minute, whether the person is there: an odd number of marks so far. */
    @Property(tries = 200)
    void workOfAPlainShift_isTheMinutesBetweenArrivalsAndDepartures(@ForAll("plainCases") Case any) {
        for (DaySheet sheet : any.sheets()) {
            Hours hours = sheet.hours();
            if (hours != null) {
                List<Long> minutes = sheet.marks().stream()
                        .map(read -> read.mark().at().getEpochSecond() / 60)
                        .toList();
                long worked = 0;
                for (long minute = minutes.get(0); minute < minutes.get(minutes.size() - 1); minute++) {
                    long now = minute;
                    worked += minutes.stream().filter(at -> at <= now).count() % 2;
                }
                assertThat(hours.worked()).isEqualTo(worked * 60);
            }
        }
    }

    @Property(tries = 300)
    void eachMark_belongsToOneDay(@ForAll("cases") Case any) {
        List<Long> found = any.days().days(any.first().minusDays(3), any.last().plusDays(3), any.marks()).stream()
                .flatMap(sheet -> sheet.marks().stream())
                .map(read -> read.mark().id())
                .toList();

        assertThat(found)
                .containsExactlyElementsOf(
                        any.marks().stream().map(DayMark::id).sorted().toList());
    }

    @Property(tries = 300)
    void statusAndHours_fitTheMarks(@ForAll("cases") Case any) {
        for (DaySheet sheet : any.sheets()) {
            boolean marked = !sheet.marks().isEmpty();
            DayStatus status = sheet.status();
            if (status == null) {
                assertThat(marked).isFalse();
                continue;
            }
            switch (status) {
                case ABSENT -> assertThat(sheet.plan().duty()).isNotNull();
                case HOLIDAY -> assertThat(sheet.plan().holiday()).isNotNull();
                case DAY_OFF -> assertThat(sheet.plan().times()).isNull();
                case INCOMPLETE -> assertThat(sheet.hours()).isNull();
                case PRESENT -> assertThat(sheet.deviation()).isEqualTo(Deviation.NONE);
                case LATE -> assertThat(sheet.deviation().lateSeconds()).isPositive();
                case LEFT_EARLY -> assertThat(sheet.deviation().earlySeconds()).isPositive();
            }
            assertThat(marked)
                    .isEqualTo(
                            status != DayStatus.ABSENT && status != DayStatus.HOLIDAY && status != DayStatus.DAY_OFF);
        }
    }

    @Property(tries = 300)
    void markThatIsVoidedAndEnteredAgain_changesNothing(
            @ForAll("cases") Case any, @ForAll @IntRange(max = 50) int which) {
        if (any.marks().isEmpty()) {
            return;
        }
        DayMark old = any.marks().get(which % any.marks().size());
        List<DayMark> corrected = new ArrayList<>(any.marks());
        corrected.remove(old);
        corrected.add(new DayMark(
                old.id(), old.at(), old.workDate(), old.said(), "gate", old.source(), MarkState.VOIDED, false));
        corrected.add(new DayMark(
                old.id() + 1_000_000_000_000L,
                old.at(),
                old.workDate(),
                old.said(),
                "gate",
                old.source(),
                MarkState.PRESENT,
                true));

        List<DaySheet> before = any.sheets();
        List<DaySheet> after = any.days().days(any.first(), any.last(), corrected);

        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).looksAs(before.get(i))).isTrue();
        }
    }

    /** In a zone whose clocks don't change. */
    @Property(tries = 200)
    void marksAWeekLater_makeTheSameDaysAWeekLater(@ForAll("casesWithoutChanges") Case any) {
        List<DayMark> later = any.marks().stream()
                .map(mark -> any.days().mark(mark.at().plusSeconds(7 * 86_400), mark.said()))
                .toList();

        Holiday holiday = any.days().holidays().get(0);
        Days weekLater = any.days().with(new Holiday(1, "gate", holiday.date().plusDays(7), holiday.name(), false));

        List<DaySheet> before = any.sheets();
        List<DaySheet> after =
                weekLater.days(any.first().plusDays(7), any.last().plusDays(7), later);

        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).looksAs(before.get(i))).isTrue();
        }
    }

    @Property(tries = 300)
    void whoKeepsThePlannedTimes_hasWorkedWhatIsPlanned(
            @ForAll("shiftRules") ShiftRules any, @ForAll @IntRange(max = 6) int later, @ForAll boolean inAutumn) {
        LocalDate date = (inAutumn ? LocalDate.of(2026, 10, 21) : LocalDate.of(2026, 3, 25)).plusDays(later);
        BreakRule breaks = any.breaks();
        Days days = Days.of(new ShiftRules(
                any.start(),
                any.end(),
                Set.of(date.getDayOfWeek()),
                breaks,
                Grace.NONE,
                MarkWindow.DEFAULT,
                Rounding.NONE));
        DayPlan plan = days.day(date.toString()).plan();
        DayPlan.Times times = Objects.requireNonNull(plan.times());
        long length = times.length().toSeconds();
        long pause = breaks.kind() == Kind.AUTOMATIC ? 0 : breaks.minutes() * 60L;
        Assume.that(pause < length);
        Instant out = times.start().plusSeconds((length - pause) / 2);
        List<DayMark> marks = new ArrayList<>(List.of(days.mark(times.start(), null), days.mark(times.end(), null)));
        if (pause > 0) {
            marks.add(days.mark(out, null));
            marks.add(days.mark(out.plusSeconds(pause), null));
        }

        DaySheet sheet = days.days(date, date, marks).get(0);

        Hours hours = Objects.requireNonNull(sheet.hours());
        assertThat(sheet.status()).isEqualTo(DayStatus.PRESENT);
        assertThat(hours.worked()).isEqualTo(plan.plannedSeconds());
        assertThat(hours.overtime()).isZero();
    }

    @Property(tries = 200)
    void dayThatIsAskedForAlone_isAsWithinARange(@ForAll("cases") Case any) {
        for (DaySheet sheet : any.sheets()) {
            LocalDate date = sheet.plan().date();
            List<DayMark> near = any.marks().stream()
                    .filter(mark -> Math.abs(mark.workDate().toEpochDay() - date.toEpochDay()) <= PersonDays.REACH_DAYS)
                    .toList();

            assertThat(any.days().days(date, date, near)).containsExactly(sheet);
        }
    }

    @Property(tries = 200)
    void whoStaysLonger_hasNotWorkedLess(
            @ForAll @IntRange(max = 800) int first,
            @ForAll @IntRange(max = 60) int more,
            @ForAll("breaks") BreakRule rule) {
        ShiftRules rules = new ShiftRules(
                LocalTime.of(8, 0),
                LocalTime.of(16, 0),
                Days.WORKING_DAYS,
                rule,
                Grace.NONE,
                MarkWindow.DEFAULT,
                Rounding.NONE);

        assertThat(worked(rules, first + more)).isGreaterThanOrEqualTo(worked(rules, first));
    }

    private static long worked(ShiftRules rules, int minutes) {
        Days days = Days.of(rules);
        LocalDateTime in = LocalDateTime.of(2026, 3, 2, 4, 30);
        Hours hours = days.day(
                        "2026-03-02", in.toString(), in.plusMinutes(minutes).toString())
                .hours();
        return hours == null ? 0 : hours.worked();
    }

    @Provide
    Arbitrary<Case> cases() {
        return cases(
                Arbitraries.of(
                        "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"),
                rules());
    }

    @Provide
    Arbitrary<Case> casesWithoutChanges() {
        return cases(Arbitraries.of("UTC", "Asia/Kolkata"), rules());
    }

    @Provide
    Arbitrary<Case> plainCases() {
        return cases(
                Arbitraries.of("Europe/Madrid", "Australia/Lord_Howe"),
                rules().map(rules -> ShiftRules.plain(rules.start(), rules.end(), rules.days())));
    }

    /** Ten days around changes of the clocks, or others. */
    private static Arbitrary<Case> cases(Arbitrary<String> zones, Arbitrary<ShiftRules> rules) {
        Arbitrary<LocalDate> firsts = Arbitraries.of(
                LocalDate.of(2026, 3, 24),
                LocalDate.of(2026, 10, 21),
                LocalDate.of(2026, 4, 1),
                LocalDate.of(2026, 7, 6));
        Arbitrary<Set<Integer>> minutes =
                Arbitraries.integers().between(0, 9 * 1440).set().ofMaxSize(40);
        Arbitrary<List<Integer>> said =
                Arbitraries.integers().between(0, 9).list().ofSize(40);
        return Combinators.combine(zones, rules.injectNull(0.1), firsts, minutes, said, Arbitraries.of(0, 0, 4))
                .as((zone, shift, first, times, words, startsAt) -> {
                    Days days = new Days(
                            new WorkDays(ZoneId.of(zone), LocalTime.of(startsAt, 0)),
                            List.of(new Holiday(1, "gate", first.plusDays(2), "Fair", false)),
                            shift,
                            LATER);
                    Instant start = first.atStartOfDay(ZoneId.of(zone)).toInstant();
                    List<Integer> ordered = List.copyOf(new TreeSet<>(times));
                    List<DayMark> marks = IntStream.range(0, ordered.size())
                            .mapToObj(i -> days.mark(
                                    start.plusSeconds(60L * ordered.get(i)),
                                    words.get(i) == 0 ? Direction.IN : words.get(i) == 1 ? Direction.OUT : null))
                            .sorted(Comparator.comparing(DayMark::at))
                            .toList();
                    return new Case(days, first, marks);
                });
    }

    private static Arbitrary<ShiftRules> rules() {
        Arbitrary<LocalTime> times =
                Arbitraries.integers().between(0, 95).map(quarter -> LocalTime.MIDNIGHT.plusMinutes(15L * quarter));
        Arbitrary<Set<DayOfWeek>> weekdays =
                Arbitraries.of(DayOfWeek.class).set().ofMinSize(1);
        Arbitrary<MarkWindow> windows = Combinators.combine(
                        Arbitraries.integers().between(0, 720),
                        Arbitraries.integers().between(0, 720))
                .as(MarkWindow::new);
        Arbitrary<Rounding> roundings = Combinators.combine(
                        Arbitraries.of(0, 5, 15), Arbitraries.of(Mode.class), Arbitraries.of(Mode.class))
                .as(Rounding::new);
        return Combinators.combine(times, times, weekdays, allBreaks(), windows, roundings)
                .as((start, end, days, breaks, window, rounding) ->
                        new ShiftRules(start, end, days, breaks, new Grace(5, 5), window, rounding));
    }

    @Provide
    Arbitrary<ShiftRules> shiftRules() {
        return rules();
    }

    @Provide
    Arbitrary<BreakRule> breaks() {
        return allBreaks();
    }

    private static Arbitrary<BreakRule> allBreaks() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, 90),
                        Arbitraries.integers().between(0, 600))
                .as(BreakRule::new);
    }
}
