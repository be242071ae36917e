package dev.rollcall.schedule;

import dev.rollcall.attendance.WorkDays;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calendar of a site.
 *
 * @param holidays the site's own
 */
public record Calendar(WorkDays workDays, List<Holiday> holidays) {

    public Calendar {
        holidays = List.copyOf(holidays);
    }

    /** The name of the holiday on a date; null on a working day. */
    @Nullable
    String holiday(LocalDate date) {
        for (Holiday holiday : holidays) {
            if (holiday.isOn(date)) {
                return holiday.name();
            }
        }
        return null;
    }
}
