package dev.rollcall.schedule;

import static dev.rollcall.schedule.Days.ANN;
import static dev.rollcall.schedule.Days.EARLY;
import static dev.rollcall.schedule.Days.ENROLLED;
import static dev.rollcall.schedule.Days.NIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.Direction;
import dev.rollcall.schedule.Assignment.Assignee;
import dev.rollcall.schedule.DaySheet.Deviation;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Monday is 2 March 2026. */
class DayStatusTest {

    private static final String MONDAY = "2026-03-02";
    private static final String SATURDAY = "2026-03-07";
    private static final Days PLANNED = Days.of(EARLY);
    private static final Days UNPLANNED = Days.of(null);
    private static final Days WITH_GRACE = Days.of(new ShiftRules(
            EARLY.start(),
            EARLY.end(),
            EARLY.days(),
            EARLY.breaks(),
            new Grace(5, 10),
            EARLY.window(),
            EARLY.rounding()));

    @Test
    void whoKeepsTheTimes_isPresent() {
        assertThat(status(PLANNED, MONDAY, "07:58", "16:03")).isEqualTo(DayStatus.PRESENT);
        assertThat(status(PLANNED, MONDAY, "08:00", "16:00")).isEqualTo(DayStatus.PRESENT);
    }

    @Test
    void whoIsLateBeyondTheGrace_isLateFromThePlannedStart() {
        assertThat(status(WITH_GRACE, MONDAY, "08:05:00", "16:00")).isEqualTo(DayStatus.PRESENT);
        DaySheet late = WITH_GRACE.day(MONDAY, "08:05:01", "16:00");
        assertThat(late.status()).isEqualTo(DayStatus.LATE);
        assertThat(late.deviation()).isEqualTo(new Deviation(301, 0));
    }

    @Test
    void whoLeavesEarlyBeyondTheGrace_hasLeftEarly() {
        assertThat(status(WITH_GRACE, MONDAY, "08:00", "15:50")).isEqualTo(DayStatus.PRESENT);
        DaySheet early = WITH_GRACE.day(MONDAY, "08:00", "15:49");
        assertThat(early.status()).isEqualTo(DayStatus.LEFT_EARLY);
        assertThat(early.deviation()).isEqualTo(new Deviation(0, 660));
    }

    @Test
    void whoIsLateAndLeavesEarly_isLateAndBothAreTold() {
        DaySheet both = PLANNED.day(MONDAY, "09:00", "15:00");
        assertThat(both.status()).isEqualTo(DayStatus.LATE);
        assertThat(both.deviation()).isEqualTo(new Deviation(3600, 3600));
    }

    @Test
    void forgottenCheckOut_isIncompleteAndHasNoHours() {
        DaySheet forgotten = PLANNED.day(MONDAY, "08:00", "12:00", "12:30");
        assertThat(forgotten.status()).isEqualTo(DayStatus.INCOMPLETE);
        assertThat(forgotten.hours()).isNull();
        assertThat(forgotten.deviation()).isEqualTo(Deviation.NONE);
    }

    @Test
    void directionsThatWereSaid_showWhatIsMissing() {
        assertThat(PLANNED.dayOf(
                                MONDAY,
                                PLANNED.mark(MONDAY + "T08:00", Direction.IN),
                                PLANNED.mark(MONDAY + "T13:00", Direction.IN),
                                PLANNED.mark(MONDAY + "T16:00", Direction.OUT))
                        .status())
                .isEqualTo(DayStatus.INCOMPLETE);
        assertThat(PLANNED.dayOf(MONDAY, PLANNED.mark(MONDAY + "T16:00", Direction.OUT))
                        .status())
                .isEqualTo(DayStatus.INCOMPLETE);
    }

    @Test
    void dayWithoutMarks_isAbsenceHolidayOrDayOff() {
        Holiday holiday = new Holiday(1, "gate", LocalDate.parse(MONDAY), "Fair", false);

        assertThat(status(PLANNED, MONDAY)).isEqualTo(DayStatus.ABSENT);
        assertThat(status(PLANNED.with(holiday), MONDAY)).isEqualTo(DayStatus.HOLIDAY);
        assertThat(status(PLANNED, SATURDAY)).isEqualTo(DayStatus.DAY_OFF);
        assertThat(status(UNPLANNED.with(holiday), MONDAY)).isEqualTo(DayStatus.HOLIDAY);
        assertThat(status(UNPLANNED, MONDAY)).isNull();
    }

    @Test
    void workOnAFreeDay_isPresenceAndOvertime() {
        Holiday holiday = new Holiday(1, "gate", LocalDate.parse(MONDAY), "Fair", false);

        for (DaySheet free : List.of(
                PLANNED.day(SATURDAY, "10:00", "12:00"), PLANNED.with(holiday).day(MONDAY, "10:00", "12:00"))) {
            assertThat(free.status()).isEqualTo(DayStatus.PRESENT);
            assertThat(free.hours()).isEqualTo(new Hours(7200, 0, 0, 7200));
            assertThat(free.plan().plannedSeconds()).isZero();
        }
        assertThat(UNPLANNED.day(MONDAY, "10:00", "12:00").hours()).isEqualTo(new Hours(7200, 0, 0, 0));
    }

    @Test
    void absence_beginsWhenTheShiftIsOver() {
        assertThat(status(PLANNED.at(MONDAY + "T15:59"), MONDAY)).isNull();
        assertThat(status(PLANNED.at(MONDAY + "T16:00"), MONDAY)).isEqualTo(DayStatus.ABSENT);
    }

    @Test
    void dayToCome_hasNoStatus() {
        assertThat(status(PLANNED.at("2026-03-01T12:00"), MONDAY)).isNull();
        assertThat(status(PLANNED.at("2026-03-06T12:00"), SATURDAY)).isNull();
        assertThat(status(PLANNED.at("2026-03-07T00:00"), SATURDAY)).isEqualTo(DayStatus.DAY_OFF);
    }

    @Test
    void whoIsStillThere_isIncompleteWhenTheWindowHasClosed() {
        DaySheet working = PLANNED.at(MONDAY + "T19:59").day(MONDAY, "08:10");
        assertThat(working.status()).isEqualTo(DayStatus.LATE);
        assertThat(working.ongoing()).isTrue();
        assertThat(working.hours()).isNull();
        assertThat(status(PLANNED.at(MONDAY + "T20:00"), MONDAY, "08:10")).isEqualTo(DayStatus.INCOMPLETE);
        assertThat(status(UNPLANNED.at(MONDAY + "T23:59"), MONDAY, "08:10")).isEqualTo(DayStatus.PRESENT);
        assertThat(status(UNPLANNED.at("2026-03-03T00:00"), MONDAY, "08:10")).isEqualTo(DayStatus.INCOMPLETE);
    }

    @Test
    void whoIsOutDuringTheShift_hasNotLeftEarlyYet() {
        DaySheet lunch = PLANNED.at(MONDAY + "T12:10").day(MONDAY, "08:00", "12:00");
        assertThat(lunch.status()).isEqualTo(DayStatus.PRESENT);
        assertThat(lunch.hours()).isEqualTo(new Hours(14_400, 0, 0, 0));
        assertThat(status(PLANNED.at(MONDAY + "T16:00"), MONDAY, "08:00", "12:00"))
                .isEqualTo(DayStatus.LEFT_EARLY);
    }

    @Test
    void daysBeforeTheEnrollment_andOfInactivePeople_haveAStatusByMarksAlone() {
        LocalDate monday = LocalDate.parse(MONDAY);
        for (Employment none :
                List.of(PLANNED.employment(monday.plusDays(1), null), PLANNED.employment(ENROLLED, monday))) {
            assertThat(PLANNED.days(monday, monday, List.of(), none).get(0).status())
                    .isNull();
            List<DayMark> marks = List.of(PLANNED.mark(MONDAY + "T08:00"), PLANNED.mark(MONDAY + "T16:00"));
            assertThat(PLANNED.days(monday, monday, marks, none).get(0).status())
                    .isEqualTo(DayStatus.PRESENT);
        }
    }

    @Test
    void daysBeforeSomebodyBecameInactive_keepTheirStatus() {
        LocalDate monday = LocalDate.parse(MONDAY);

        List<DaySheet> days =
                PLANNED.days(monday, monday.plusDays(2), List.of(), PLANNED.employment(ENROLLED, monday.plusDays(2)));

        assertThat(days).extracting(DaySheet::status).containsExactly(DayStatus.ABSENT, DayStatus.ABSENT, null);
    }

    @Test
    void whoArrivesAfterTheWindow_isThereUntilTheWorkDateEnds() {
        DaySheet evening = PLANNED.at(MONDAY + "T20:31").day(MONDAY, "20:30");
        assertThat(evening.status()).isEqualTo(DayStatus.LATE);
        assertThat(evening.ongoing()).isTrue();
        assertThat(status(PLANNED.at("2026-03-03T00:00"), MONDAY, "20:30")).isEqualTo(DayStatus.INCOMPLETE);
    }

    @Test
    void lateArrivalOfAnIncompleteDay_isTold() {
        DaySheet forgotten = PLANNED.day(MONDAY, "09:30");
        assertThat(forgotten.status()).isEqualTo(DayStatus.INCOMPLETE);
        assertThat(forgotten.deviation()).isEqualTo(new Deviation(5400, 0));
    }

    @Test
    void arrivalBehindADepartureWithoutOne_isNotTheFirst() {
        DaySheet unknown = PLANNED.dayOf(
                MONDAY,
                PLANNED.mark(MONDAY + "T09:00", Direction.OUT),
                PLANNED.mark(MONDAY + "T09:30", Direction.IN),
                PLANNED.mark(MONDAY + "T15:00", Direction.OUT));
        assertThat(unknown.status()).isEqualTo(DayStatus.INCOMPLETE);
        assertThat(unknown.deviation()).isEqualTo(new Deviation(0, 3600));
    }

    @Test
    void nightShift_isOneDay() {
        DaySheet night = Days.of(NIGHT).day(MONDAY, MONDAY + "T21:55", "2026-03-03T06:02");
        assertThat(night.status()).isEqualTo(DayStatus.PRESENT);
        assertThat(night.hours()).isEqualTo(new Hours(29_220, 0, 0, 420));
        assertThat(Days.of(NIGHT)
                        .day("2026-03-03", MONDAY + "T21:55", "2026-03-03T06:02")
                        .status())
                .isEqualTo(DayStatus.ABSENT);
    }

    @Test
    void shiftBeforeTheBeginningOfTheWorkDate_isOnTheNextCalendarDay() {
        Days bakery = Days.of(ShiftRules.plain(LocalTime.of(2, 0), LocalTime.of(9, 0), Days.WORKING_DAYS))
                .startingAt(LocalTime.of(5, 0));

        assertThat(bakery.day(MONDAY, "2026-03-03T02:00", "2026-03-03T09:00").status())
                .isEqualTo(DayStatus.PRESENT);
    }

    @Test
    void markBetweenTwoShifts_belongsToTheNearerOne() {
        ShiftRules wholeDay = ShiftRules.plain(LocalTime.of(8, 0), LocalTime.of(2, 0), EnumSet.allOf(DayOfWeek.class));
        Days days = Days.of(wholeDay);
        // The windows would overlap from 04:00 to 06:00; the border is at 05:00.
        assertThat(days.day(MONDAY, "08:00", "2026-03-03T04:59:59").marks()).hasSize(2);
        assertThat(days.day(MONDAY, "08:00", "2026-03-03T05:00:00").marks()).hasSize(1);
    }

    @Test
    void markInTheWindowOfOneShiftAlone_belongsToIt() {
        LocalDate monday = LocalDate.parse(MONDAY);
        Map<String, Shift> shifts = Map.of(
                "late", Days.shift("late", windowed(14, 22, new MarkWindow(60, 720))),
                "early", Days.shift("early", windowed(6, 14, new MarkWindow(60, 60))));
        Employment both = new Employment(
                ENROLLED,
                null,
                List.of(
                        Days.assignment(1, "late", Assignee.person(ANN), monday, monday),
                        Days.assignment(2, "early", Assignee.person(ANN), monday.plusDays(1), null)));

        List<DaySheet> days = new PersonDays(
                        new Calendar(PLANNED.workDays(), List.of()), Instant.parse("2026-03-05T12:00:00Z"))
                .between(
                        new Dates(monday, monday.plusDays(1)),
                        shifts,
                        both,
                        List.of(PLANNED.mark(MONDAY + "T14:00"), PLANNED.mark("2026-03-03T04:30")));

        // The middle between the shifts is 02:00, but the window of the second begins at 05:00.
        assertThat(days.get(0).status()).isEqualTo(DayStatus.PRESENT);
        assertThat(days.get(0).marks()).hasSize(2);
        assertThat(days.get(1).marks()).isEmpty();
    }

    private static ShiftRules windowed(int start, int end, MarkWindow window) {
        return new ShiftRules(
                LocalTime.of(start, 0),
                LocalTime.of(end, 0),
                Days.WORKING_DAYS,
                BreakRule.AS_MARKED,
                Grace.NONE,
                window,
                Rounding.NONE);
    }

    @Test
    void ownAssignment_goesBeforeThatOfTheGroup() {
        LocalDate monday = LocalDate.parse(MONDAY);
        Employment both = new Employment(
                ENROLLED,
                null,
                List.of(
                        Days.assignment(1, "early", Assignee.group("red"), ENROLLED, null),
                        Days.assignment(2, "night", Assignee.person(ANN), monday.plusDays(1), monday.plusDays(1))));
        Map<String, Shift> shifts = Map.of("early", Days.shift("early", EARLY), "night", Days.shift("night", NIGHT));

        List<DaySheet> days = new PersonDays(
                        new Calendar(PLANNED.workDays(), List.of()), Instant.parse("2026-03-05T12:00:00Z"))
                .between(new Dates(monday, monday.plusDays(2)), shifts, both, List.of());

        assertThat(days)
                .extracting(day -> day.plan().shift())
                .doesNotContainNull()
                .extracting(Shift::id)
                .containsExactly("early", "night", "early");
    }

    private static @Nullable DayStatus status(Days days, String date, String... times) {
        return days.day(date, times).status();
    }
}
