package dev.rollcall.reports;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.attendance.WorkDays;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.reports.SheetStore.PersonRecord;
import dev.rollcall.schedule.Assignment;
import dev.rollcall.schedule.Calendar;
import dev.rollcall.schedule.Dates;
import dev.rollcall.schedule.DaySheet;
import dev.rollcall.schedule.Employment;
import dev.rollcall.schedule.Holiday;
import dev.rollcall.schedule.HolidaySource;
import dev.rollcall.schedule.PersonDays;
import dev.rollcall.schedule.Shift;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules of all sites at one moment, for the days of one range. For one thread. */
final class Reckoning {

    private final AttendancePolicies policies;
    private final Instant now;
    private final Dates range;
    private final Map<String, Shift> shifts;
    private final Map<String, List<Holiday>> holidays;
    private final Map<String, Calendar> calendars = new HashMap<>();

    /** Reads the holidays of the range. */
    Reckoning(Plan plan, AttendancePolicies policies, Dates range, Instant now) {
        this.policies = policies;
        this.now = now;
        this.range = range;
        shifts = plan.shifts().stream().collect(Collectors.toMap(Shift::id, Function.identity()));
        holidays = plan.holidays().stream().collect(Collectors.groupingBy(Holiday::site));
    }

    /** What is planned for everybody. */
    record Plan(List<Shift> shifts, List<Holiday> holidays) {

        /** The holidays that days of a range depend on. */
        static List<Holiday> holidays(HolidaySource store, Dates range) {
            LocalDate to = range.to() == null ? range.from() : range.to();
            return store.list(null, range.from().minusDays(PersonDays.REACH_DAYS), to.plusDays(PersonDays.REACH_DAYS));
        }
    }

    /** The days of a person within the range. */
    List<DaySheet> days(PersonRecord person) {
        return days(person, shifts, person.assignments());
    }

    /** The days of a person as they would be with other shifts and assignments. */
    List<DaySheet> days(PersonRecord person, Map<String, Shift> others, List<Assignment> assignments) {
        Calendar calendar = calendar(person);
        WorkDays workDays = calendar.workDays();
        Instant inactiveSince = person.inactiveSince();
        Employment employment = new Employment(
                workDays.workDate(person.createdAt()),
                inactiveSince == null ? null : workDays.workDate(inactiveSince),
                assignments);
        return new PersonDays(calendar, now).between(range, others, employment, person.marks());
    }

    Map<String, Shift> shifts() {
        return shifts;
    }

    /** The clocks and holidays of the person's site, or of the default one for somebody who is at every site. */
    Calendar calendar(PersonRecord person) {
        String site = person.site() == null ? ApiKey.DEFAULT_SITE : person.site();
        return calendars.computeIfAbsent(site, id -> {
            WorkDays workDays = policies.at(id).workDays();
            return new Calendar(workDays, holidays.getOrDefault(id, List.of()));
        });
    }
}
