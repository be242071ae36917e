package dev.rollcall.attendance;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A site's rules for marks.
 *
 * @param maxPerDay most marks of one person on one work date, at least 1
 * @param minSpacing least time between two marks of one person, zero or more
 * @param zone the site's time zone, which decides the work date
 */
public record AttendancePolicy(int maxPerDay, Duration minSpacing, ZoneId zone) {

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

    /** The work date of a moment: the local date at the site. */
    public LocalDate workDate(Instant moment) {
        return LocalDate.ofInstant(moment, zone);
    }

    /**
     * The beginning of a work date.
     *
     * @param at its first instant, to the microsecond
     */
    public record NextDay(Instant at, LocalDate workDate) {}

    /**
     * The next work date if it begins within a span after a moment, otherwise empty. The date must not change more than
     * once within the span.
     *
     * @param moment in whole microseconds
     */
    public Optional<NextDay> nextDay(Instant moment, Duration span) {
        Instant before = moment;
        Instant after = moment.plus(span);
        LocalDate next = workDate(after);
        if (next.equals(workDate(moment))) {
            return Optional.empty();
        }
        for (long gap = micros(before, after); gap > 1; gap = micros(before, after)) {
            Instant middle = before.plus(gap / 2, ChronoUnit.MICROS);
            if (workDate(middle).equals(next)) {
                after = middle;
            } else {
                before = middle;
            }
        }
        return Optional.of(new NextDay(after, next));
    }

    private static long micros(Instant from, Instant to) {
        return ChronoUnit.MICROS.between(from, to);
    }
}
