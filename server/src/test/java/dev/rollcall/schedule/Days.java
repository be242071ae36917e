package dev.rollcall.schedule;

import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.attendance.WorkDays;
import dev.rollcall.people.UserId;
import dev.rollcall.schedule.Assignment.Assignee;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A person's days for tests: a site in Madrid, one shift that is assigned, and marks by local times. */
record Days(
        WorkDays workDays, List<Holiday> holidays, @Nullable ShiftRules rules, LocalDateTime now) {

    static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
    static final Set<DayOfWeek> WORKING_DAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    static final UserId ANN = new UserId("ann");
    static final LocalDate ENROLLED = LocalDate.of(2026, 1, 1);
    static final ShiftRules EARLY = ShiftRules.plain(LocalTime.of(8, 0), LocalTime.of(16, 0), WORKING_DAYS);
    static final ShiftRules NIGHT = ShiftRules.plain(LocalTime.of(22, 0), LocalTime.of(6, 0), WORKING_DAYS);

    /** With marks of long ago. */
    static Days of(@Nullable ShiftRules rules) {
        return new Days(
                new WorkDays(MADRID, LocalTime.MIDNIGHT), List.of(), rules, LocalDateTime.of(2027, 6, 1, 12, 0));
    }

    Days at(String localTime) {
        return new Days(workDays, holidays, rules, LocalDateTime.parse(localTime));
    }

    Days with(Holiday holiday) {
        return new Days(workDays, List.of(holiday), rules, now);
    }

    Days startingAt(LocalTime time) {
        return new Days(new WorkDays(workDays.zone(), time), holidays, rules, now);
    }

    DayMark mark(String localTime) {
        return mark(localTime, null);
    }

    DayMark mark(String localTime, @Nullable Direction said) {
        return mark(LocalDateTime.parse(localTime).atZone(workDays.zone()).toInstant(), said);
    }

    DayMark mark(Instant at, @Nullable Direction said) {
        return new DayMark(
                at.getEpochSecond(), at, workDays.workDate(at), said, "gate", Source.DEVICE, MarkState.PRESENT, false);
    }

    DaySheet dayOf(String date, DayMark... marks) {
        return days(LocalDate.parse(date), LocalDate.parse(date), List.of(marks))
                .get(0);
    }

    /** A day with marks at local times of it, or of the time that is written. */
    DaySheet day(String date, String... times) {
        List<DayMark> marks = new ArrayList<>();
        for (String time : times) {
            marks.add(mark(time.contains("T") ? time : date + "T" + time));
        }
        return days(LocalDate.parse(date), LocalDate.parse(date), marks).get(0);
    }

    List<DaySheet> days(LocalDate from, LocalDate to, List<DayMark> marks) {
        return days(from, to, marks, employment(ENROLLED, null));
    }

    List<DaySheet> days(LocalDate from, LocalDate to, List<DayMark> marks, Employment employment) {
        return new PersonDays(
                        new Calendar(workDays, holidays),
                        now.atZone(workDays.zone()).toInstant())
                .between(new Dates(from, to), shifts(), employment, marks);
    }

    private Map<String, Shift> shifts() {
        return rules == null ? Map.of() : Map.of("shift", shift("shift", rules));
    }

    static Shift shift(String id, ShiftRules rules) {
        return new Shift(id, id, rules, Instant.EPOCH, Instant.EPOCH, "1");
    }

    Employment employment(LocalDate since, @Nullable LocalDate until) {
        return new Employment(
                since,
                until,
                rules == null ? List.of() : List.of(assignment(1, "shift", Assignee.person(ANN), ENROLLED, null)));
    }

    static Assignment assignment(long id, String shift, Assignee assignee, LocalDate from, @Nullable LocalDate to) {
        return new Assignment(id, shift, assignee, new Dates(from, to), Instant.EPOCH);
    }
}
