package dev.rollcall.schedule;

import static dev.rollcall.schedule.Days.EARLY;
import static dev.rollcall.schedule.Days.NIGHT;
import static dev.rollcall.schedule.Days.WORKING_DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.schedule.BreakRule.Kind;
import dev.rollcall.schedule.Rounding.Mode;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HoursTest {

    private static final String MONDAY = "2026-03-02";
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;

    @Test
    void markedBreak_isUnpaid() {
        assertThat(hours(EARLY, "08:00", "12:00", "12:30", "16:30")).isEqualTo(new Hours(8 * HOUR, 30 * MINUTE, 0, 0));
    }

    @Test
    void automaticBreak_isWhatWasNotMarkedOfIt() {
        ShiftRules rules = with(new BreakRule(Kind.AUTOMATIC, 30, 360), Rounding.NONE);

        assertThat(hours(rules, "08:00", "16:30")).isEqualTo(new Hours(8 * HOUR, 30 * MINUTE, 0, 30 * MINUTE));
        assertThat(hours(rules, "08:00", "12:00", "12:20", "16:30"))
                .isEqualTo(new Hours(8 * HOUR, 30 * MINUTE, 0, 30 * MINUTE));
        assertThat(hours(rules, "08:00", "12:00", "12:45", "16:30").worked()).isEqualTo(7 * HOUR + 45 * MINUTE);
    }

    @Test
    void automaticBreak_takesNothingOfThePresenceThatIsAlwaysWork() {
        ShiftRules rules = with(new BreakRule(Kind.AUTOMATIC, 30, 360), Rounding.NONE);

        assertThat(hours(rules, "08:00", "14:00").worked()).isEqualTo(6 * HOUR);
        assertThat(hours(rules, "08:00", "14:10").worked()).isEqualTo(6 * HOUR);
        assertThat(hours(rules, "08:00", "14:40").worked()).isEqualTo(6 * HOUR + 10 * MINUTE);
    }

    @Test
    void paidBreak_isWorkUpToItsLength() {
        ShiftRules rules = with(new BreakRule(Kind.PAID, 30, 0), Rounding.NONE);

        assertThat(hours(rules, "08:00", "12:00", "12:20", "16:00")).isEqualTo(new Hours(8 * HOUR, 0, 20 * MINUTE, 0));
        assertThat(hours(rules, "08:00", "12:00", "12:50", "16:00"))
                .isEqualTo(new Hours(7 * HOUR + 40 * MINUTE, 20 * MINUTE, 30 * MINUTE, 0));
    }

    @Test
    void times_areRoundedOnTheLocalClock() {
        ShiftRules nearest = with(BreakRule.AS_MARKED, new Rounding(15, Mode.NEAREST, Mode.NEAREST));
        assertThat(hours(nearest, "08:07:29", "16:07:30").worked()).isEqualTo(8 * HOUR + 15 * MINUTE);
        ShiftRules strict = with(BreakRule.AS_MARKED, new Rounding(15, Mode.UP, Mode.DOWN));
        assertThat(hours(strict, "08:00:01", "15:59:59").worked()).isEqualTo(7 * HOUR + 30 * MINUTE);
        assertThat(hours(strict, "08:05", "08:10").worked()).isZero();
    }

    @Test
    void rounding_leavesTheStatusAlone() {
        ShiftRules kind = with(BreakRule.AS_MARKED, new Rounding(15, Mode.DOWN, Mode.UP));

        DaySheet late = Days.of(kind).day(MONDAY, "08:01", "16:00");

        assertThat(late.status()).isEqualTo(DayStatus.LATE);
        assertThat(late.hours()).isEqualTo(new Hours(8 * HOUR, 0, 0, 0));
    }

    @Test
    void nightOfAClockChange_isPlannedAndWorkedByElapsedTime() {
        ShiftRules saturdays =
                ShiftRules.plain(LocalTime.of(22, 0), LocalTime.of(6, 0), EnumSet.of(DayOfWeek.SATURDAY));

        DaySheet spring = Days.of(saturdays).day("2026-03-28", "22:00", "2026-03-29T06:00");
        assertThat(spring.hours()).isEqualTo(new Hours(7 * HOUR, 0, 0, 0));
        assertThat(spring.plan().plannedSeconds()).isEqualTo(7 * HOUR);
        DaySheet autumn = Days.of(saturdays).day("2026-10-24", "22:00", "2026-10-25T06:00");
        assertThat(autumn.hours()).isEqualTo(new Hours(9 * HOUR, 0, 0, 0));
        assertThat(autumn.plan().plannedSeconds()).isEqualTo(9 * HOUR);
    }

    @Test
    void plannedTimeThatTheClocksLeaveOut_isTheEndOfTheGap_andOneShownTwice_theFirst() {
        ShiftRules sundays = ShiftRules.plain(LocalTime.of(2, 30), LocalTime.of(8, 0), EnumSet.of(DayOfWeek.SUNDAY));

        assertThat(Days.of(sundays).day("2026-03-29", "03:00", "08:00").status())
                .isEqualTo(DayStatus.PRESENT);
        assertThat(Days.of(sundays).day("2026-03-29").plan().plannedSeconds()).isEqualTo(5 * HOUR);
        assertThat(Days.of(sundays).day("2026-10-25").plan().plannedSeconds()).isEqualTo(6 * HOUR + 30 * MINUTE);
    }

    @Test
    void plannedHours_leaveOutTheUnpaidBreak() {
        assertThat(Days.of(with(new BreakRule(Kind.AUTOMATIC, 30, 360), Rounding.NONE))
                        .day(MONDAY)
                        .plan()
                        .plannedSeconds())
                .isEqualTo(7 * HOUR + 30 * MINUTE);
        assertThat(Days.of(with(new BreakRule(Kind.PAID, 30, 360), Rounding.NONE))
                        .day(MONDAY)
                        .plan()
                        .plannedSeconds())
                .isEqualTo(8 * HOUR);
        assertThat(Days.of(NIGHT).day(MONDAY).plan().plannedSeconds()).isEqualTo(8 * HOUR);
    }

    @Test
    void automaticBreakThatBeginsAfterTheShiftIsOver_isNotPlanned() {
        ShiftRules morning = new ShiftRules(
                LocalTime.of(8, 0),
                LocalTime.of(12, 0),
                WORKING_DAYS,
                new BreakRule(Kind.AUTOMATIC, 30, 360),
                Grace.NONE,
                MarkWindow.DEFAULT,
                Rounding.NONE);

        DaySheet day = Days.of(morning).day(MONDAY, "08:00", "12:00");

        assertThat(day.plan().plannedSeconds()).isEqualTo(4 * HOUR);
        assertThat(day.hours()).isEqualTo(new Hours(4 * HOUR, 0, 0, 0));
    }

    private static Hours hours(ShiftRules rules, String... times) {
        return Objects.requireNonNull(Days.of(rules).day(MONDAY, times).hours());
    }

    private static ShiftRules with(BreakRule breaks, Rounding rounding) {
        return new ShiftRules(
                LocalTime.of(8, 0),
                LocalTime.of(16, 0),
                WORKING_DAYS,
                breaks,
                Grace.NONE,
                MarkWindow.DEFAULT,
                rounding);
    }
}
