package dev.rollcall.reports.files;

import dev.rollcall.attendance.AttendanceStore.Circumstances;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.AttendanceStore.Standing;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.people.UserId;
import dev.rollcall.reports.PersonDay;
import dev.rollcall.reports.PersonMonth;
import dev.rollcall.reports.Totals;
import dev.rollcall.schedule.DayMark;
import dev.rollcall.schedule.DayPlan;
import dev.rollcall.schedule.DaySheet;
import dev.rollcall.schedule.DaySheet.Deviation;
import dev.rollcall.schedule.DaySheet.ReadMark;
import dev.rollcall.schedule.DayStatus;
import dev.rollcall.schedule.Hours;
import dev.rollcall.schedule.Shift;
import dev.rollcall.schedule.ShiftRules;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of exports: a late Monday, a holiday and a forgotten departure of October 2026. */
final class MadeUpRows {

    static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
    static final LocalDate FIRST = LocalDate.of(2026, 10, 1);
    static final LocalDate MONDAY = LocalDate.of(2026, 10, 5);
    static final Instant IN = Instant.parse("2026-10-05T06:12:40.120551Z");
    static final Instant OUT = Instant.parse("2026-10-05T14:31:02.706280Z");

    private static final ShiftRules EARLY = ShiftRules.plain(
            LocalTime.of(8, 0), LocalTime.of(16, 30), EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
    private static final Shift SHIFT = new Shift("day", "Day", EARLY, Instant.EPOCH, Instant.EPOCH, "1");

    private MadeUpRows() {}

    static MarkRow mark(long id, String userId, @Nullable String name) {
        return new MarkRow(
                new MarkOfPerson(
                        new UserId(userId),
                        name,
                        new Mark(id, IN, MONDAY, 1, Direction.IN),
                        new Origin("default", "3f9a0c41d2b7", Source.DEVICE),
                        0.99931,
                        null,
                        Circumstances.USUAL,
                        new Standing(MarkState.PRESENT, 1, Direction.IN, null, null, false)),
                MADRID);
    }

    /** A late mark of somebody who was erased, which a manual one replaced. */
    static MarkRow replacedMark(long id) {
        return new MarkRow(
                new MarkOfPerson(
                        new UserId("erased-7f3a"),
                        null,
                        new Mark(id, OUT, MONDAY, 2, Direction.OUT),
                        new Origin("default", null, Source.LATE),
                        null,
                        true,
                        new Circumstances(OUT.plusSeconds(3600), true),
                        new Standing(MarkState.REPLACED, null, Direction.OUT, null, 9L, false)),
                MADRID);
    }

    static PersonDay lateDay(String userId, String name) {
        return day(userId, name, sheet(MONDAY, DayStatus.LATE, null, IN, OUT));
    }

    static PersonDay holiday(String userId, String name) {
        return holiday(userId, name, "National Day");
    }

    static PersonDay holiday(String userId, String name, String holiday) {
        return day(userId, name, sheet(LocalDate.of(2026, 10, 12), DayStatus.HOLIDAY, holiday, null, null));
    }

    static PersonDay incompleteDay(String userId, String name) {
        return incompleteDay(userId, name, null);
    }

    static PersonDay incompleteDay(String userId, String name, @Nullable String holiday) {
        LocalDate date = LocalDate.of(2026, 10, 13);
        Instant in = Instant.parse("2026-10-13T06:00:00Z");
        return day(userId, name, sheet(date, DayStatus.INCOMPLETE, holiday, in, null));
    }

    /** Two marks within one second. */
    static PersonDay shortDay(String userId, String name) {
        Instant in = Instant.parse("2026-10-14T06:00:00.100Z");
        return day(userId, name, sheet(LocalDate.of(2026, 10, 14), DayStatus.LEFT_EARLY, null, in, in.plusMillis(800)));
    }

    private static PersonDay day(String userId, String name, DaySheet sheet) {
        return new PersonDay(new UserId(userId), name, "red", null, MADRID, sheet);
    }

    private static DaySheet sheet(
            LocalDate date, DayStatus status, @Nullable String holiday, @Nullable Instant in, @Nullable Instant out) {
        Instant start = date.atTime(8, 0).atZone(MADRID).toInstant();
        Instant end = date.atTime(16, 30).atZone(MADRID).toInstant();
        boolean isLate = status == DayStatus.LATE;
        return new DaySheet(
                new DayPlan(
                        date,
                        SHIFT,
                        new DayPlan.Times(start, end, start.minusSeconds(3600), end.plusSeconds(3600)),
                        holiday),
                status,
                false,
                in,
                out,
                out == null ? null : new Hours(28_102, 1800, 0, 0),
                new Deviation(isLate ? 760 : 0, 0),
                in == null ? List.of() : List.of(read(in)));
    }

    private static ReadMark read(Instant at) {
        return new ReadMark(
                new DayMark(1, at, MONDAY, null, "default", Source.DEVICE, MarkState.PRESENT, false), Direction.IN);
    }

    static PersonMonth month(String userId, @Nullable String externalId, String name) {
        return month(userId, externalId, name, 1);
    }

    static PersonMonth month(String userId, @Nullable String externalId, String name, int unknownDays) {
        List<PersonMonth.Day> days = new ArrayList<>();
        for (int i = 0; i < 31; i++) {
            days.add(new PersonMonth.Day(FIRST.plusDays(i), null, null, null, null, false));
        }
        return new PersonMonth(
                new UserId(userId),
                externalId,
                name,
                "red",
                null,
                new Totals(
                        new Hours(602_100, 37_800, 0, 5400),
                        633_600,
                        760,
                        0,
                        Map.of(DayStatus.PRESENT, 19, DayStatus.LATE, 1, DayStatus.INCOMPLETE, 1, DayStatus.HOLIDAY, 1),
                        unknownDays),
                days);
    }
}
