package dev.rollcall.schedule;

import java.time.LocalDate;

/**
 * A work date on which nobody is planned to work at a site.
 *
 * @param yearly whether it returns each year on the same day and month; one of 29 February returns in leap years
 */
public record Holiday(long id, String site, LocalDate date, String name, boolean yearly) {

    /** Whether it is on a date. A yearly one is in the years before {@code date}, too. */
    public boolean isOn(LocalDate day) {
        return yearly
                ? date.getMonthValue() == day.getMonthValue() && date.getDayOfMonth() == day.getDayOfMonth()
                : date.equals(day);
    }
}
