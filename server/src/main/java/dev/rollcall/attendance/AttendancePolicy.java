package dev.rollcall.attendance;

import dev.rollcall.attendance.WorkDays.NextDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A site's rules for marks.
 *
 * @param maxPerDay most marks of one person on one work date, at least 1
 * @param minSpacing least time between two marks of one person, zero or more
 * @param zone the site's time zone
 * @param dayStartsAt the local time at which a work date begins, in whole seconds
 * @param conditions what a request for a mark must fulfil
 */
public record AttendancePolicy(
        int maxPerDay, Duration minSpacing, ZoneId zone, LocalTime dayStartsAt, MarkConditions conditions) {

    /**
     * How far a mark may be ahead of the clock and still count for order and spacing. Longer than the time between reading
     * the clock and writing a mark, which the store's timeouts keep under 20 seconds.
     */
    public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

    public AttendancePolicy {
        if (maxPerDay < 1) {
            throw new IllegalArgumentException("maxPerDay must be at least 1: " + maxPerDay);
        }
        if (minSpacing.isNegative()) {
            throw new IllegalArgumentException("minSpacing is negative: " + minSpacing);
        }
    }

    /** Rules under which work dates begin at midnight, and requests must fulfil no special conditions. */
    public AttendancePolicy(int maxPerDay, Duration minSpacing, ZoneId zone) {
        this(maxPerDay, minSpacing, zone, LocalTime.MIDNIGHT, MarkConditions.USUAL);
    }

    /** The work date of an instant; never earlier than that of an earlier instant. */
    public LocalDate workDate(Instant instant) {
        return workDays().workDate(instant);
    }

    /** The work date after that of an instant, if it begins within a span after the instant; otherwise empty. */
    public Optional<NextDay> nextDay(Instant instant, Duration span) {
        return workDays().nextDay(instant, span);
    }

    /** The site's work dates. */
    public WorkDays workDays() {
        return new WorkDays(zone, dayStartsAt);
    }
}
