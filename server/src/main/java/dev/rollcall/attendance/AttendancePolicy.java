package dev.rollcall.attendance;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A site's rules for marks.
 *
 * @param maxPerDay most marks of one person on one work date, at least 1
 * @param minSpacing least time between two marks of one person, zero or more
 * @param zone the site's time zone, which decides the work date
 */
public record AttendancePolicy(int maxPerDay, Duration minSpacing, ZoneId zone) {

    public AttendancePolicy {
        if (maxPerDay < 1) {
            throw new IllegalArgumentException("maxPerDay must be at least 1: " + maxPerDay);
        }
        if (minSpacing.isNegative()) {
            throw new IllegalArgumentException("minSpacing is negative: " + minSpacing);
        }
    }

    /** The work date of a moment: the local date at the site. */
    public LocalDate workDate(Instant moment) {
        return LocalDate.ofInstant(moment, zone);
    }
}
