package dev.rollcall.schedule;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * The rules of a shift.
 *
 * @param start the local time at which it begins, in whole minutes
 * @param end the local time at which it ends; one that is not after {@code start} is on the next day
 * @param days the work dates' days of the week on which it is worked, one or more
 */
public record ShiftRules(
        LocalTime start,
        LocalTime end,
        Set<DayOfWeek> days,
        BreakRule breaks,
        Grace grace,
        MarkWindow window,
        Rounding rounding) {

    public ShiftRules {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a shift has a day");
        }
    }

    /** A shift without grace and rounding, of which breaks count as they are marked. */
    public static ShiftRules plain(LocalTime start, LocalTime end, Set<DayOfWeek> days) {
        return new ShiftRules(start, end, days, BreakRule.AS_MARKED, Grace.NONE, MarkWindow.DEFAULT, Rounding.NONE);
    }

    /** Whether it ends on the day after it began. */
    public boolean isOverMidnight() {
        return !end.isAfter(start);
    }

    /** The days in the order of the week. */
    public Set<DayOfWeek> daysInOrder() {
        return EnumSet.copyOf(days);
    }
}
