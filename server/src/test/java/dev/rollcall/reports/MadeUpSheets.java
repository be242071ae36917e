package dev.rollcall.reports;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.people.UserId;
import dev.rollcall.reports.SheetStore.PersonRecord;
import dev.rollcall.reports.SheetStore.Start;
import dev.rollcall.reports.SheetStore.Whose;
import dev.rollcall.schedule.DayMark;
import dev.rollcall.schedule.Holiday;
import dev.rollcall.schedule.HolidaySource;
import dev.rollcall.schedule.Shift;
import dev.rollcall.schedule.ShiftSource;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** People with marks and one shift in memory, in the order of their user ids. */
final class MadeUpSheets implements SheetStore, ShiftSource, HolidaySource, AttendancePolicies {

    final List<PersonRecord> people = new ArrayList<>();
    final List<Shift> shifts = new ArrayList<>();

    /** How many calls of {@link #read} there were. */
    int reads;

    void add(PersonRecord person) {
        people.add(person);
    }

    @Override
    public List<PersonRecord> read(Whose whose, Start start, int limit, LocalDate from, LocalDate to) {
        reads++;
        UserId only = whose.userId();
        return people.stream()
                .filter(person -> only == null || only.equals(person.userId()))
                .filter(person -> person.userId().value().compareTo(start.userId()) > (start.included() ? -1 : 0))
                .limit(limit)
                .map(person -> new PersonRecord(
                        person.userId(),
                        person.externalId(),
                        person.name(),
                        person.group(),
                        person.site(),
                        person.createdAt(),
                        person.inactiveSince(),
                        person.assignments(),
                        within(person.marks(), from, to)))
                .toList();
    }

    private static List<DayMark> within(List<DayMark> marks, LocalDate from, LocalDate to) {
        return marks.stream()
                .filter(mark ->
                        !mark.workDate().isBefore(from) && !mark.workDate().isAfter(to))
                .toList();
    }

    @Override
    public List<Shift> shifts() {
        return shifts;
    }

    @Override
    public List<Holiday> list(@Nullable String site, @Nullable LocalDate from, @Nullable LocalDate to) {
        return List.of();
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public AttendancePolicy at(String site) {
        return new AttendancePolicy(9, Duration.ZERO, ZoneId.of("Europe/Madrid"));
    }
}
