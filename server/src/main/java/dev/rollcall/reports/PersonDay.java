package dev.rollcall.reports;

import dev.rollcall.people.UserId;
import dev.rollcall.schedule.DaySheet;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * One day of one person.
 *
 * @param zone in which the day is reckoned
 */
public record PersonDay(
        UserId userId,
        String name,
        @Nullable String group,
        @Nullable String site,
        ZoneId zone,
        DaySheet sheet) {}
