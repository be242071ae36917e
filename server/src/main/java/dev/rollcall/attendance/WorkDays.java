package dev.rollcall.attendance;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The work dates of a site. A work date begins when the site's local time reaches, for the first time, that date and the time at which
 * days begin there, and lasts until the next one begins. So every instant has one work date, and work dates never go back: where
 * clocks are put back over the beginning of a day, the day goes on; where they are put forward over it, the day begins with the
 * first instant after the gap.
 *
 * @param zone the site's time zone
 * @param startsAt the local time at which a work date begins; before it, the work date is that of the day before
 */
public record WorkDays(ZoneId zone, LocalTime startsAt) {

    /**
     * The beginning of a work date.
     *
     * @param at its first instant, to the microsecond
     */
    public record NextDay(Instant at, LocalDate workDate) {}

    public WorkDays {
        if (!startsAt.equals(startsAt.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("days must start with a whole second: " + startsAt);
        }
    }

    /** The work date of an instant. */
    public LocalDate workDate(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        LocalDate date =
                local.toLocalTime().isBefore(startsAt) ? local.toLocalDate().minusDays(1) : local.toLocalDate();
        while (!start(date.plusDays(1)).isAfter(instant)) {
            date = date.plusDays(1);
        }
        return date;
    }

    /**
     * The first instant of a work date. A work date that a change of the zone leaves out begins with the one after it, and no instant
     * belongs to it.
     */
    public Instant start(LocalDate workDate) {
        LocalDateTime local = workDate.atTime(startsAt);
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return transition.isGap() ? transition.getInstant() : local.toInstant(transition.getOffsetBefore());
    }

    /** The work date after that of an instant, if it begins within a span after the instant; otherwise empty. */
    Optional<NextDay> nextDay(Instant instant, Duration span) {
        Instant start = start(workDate(instant).plusDays(1));
        return start.isAfter(instant.plus(span)) ? Optional.empty() : Optional.of(new NextDay(start, workDate(start)));
    }
}
