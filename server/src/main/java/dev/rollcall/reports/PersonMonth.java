package dev.rollcall.reports;

import dev.rollcall.people.UserId;
import dev.rollcall.reports.SheetStore.PersonRecord;
import dev.rollcall.schedule.DaySheet;
import dev.rollcall.schedule.DayStatus;
import dev.rollcall.schedule.Hours;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person's month, or another range of days.
 *
 * @param externalId the person's number in another system; null without one
 * @param days one for each date, without marks, so that months of many people take little memory
 */
public record PersonMonth(
        UserId userId,
        @Nullable String externalId,
        String name,
        @Nullable String group,
        @Nullable String site,
        Totals totals,
        List<Day> days) {

    public PersonMonth {
        days = List.copyOf(days);
    }

    /** A day without its marks; see {@link DaySheet}. */
    public record Day(
            LocalDate date,
            @Nullable DayStatus status,
            @Nullable Long workedSeconds,
            @Nullable Long plannedSeconds,
            @Nullable String holiday,
            boolean corrected) {

        static Day of(DaySheet sheet) {
            Hours hours = sheet.hours();
            return new Day(
                    sheet.plan().date(),
                    sheet.status(),
                    hours == null ? null : (Long) hours.worked(),
                    sheet.plan().plannedSeconds(),
                    sheet.plan().holiday(),
                    sheet.isCorrected());
        }
    }

    static PersonMonth of(PersonRecord person, List<DaySheet> sheets) {
        return new PersonMonth(
                person.userId(),
                person.externalId(),
                person.name(),
                person.group(),
                person.site(),
                Totals.of(sheets),
                sheets.stream().map(Day::of).toList());
    }
}
