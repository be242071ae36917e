package dev.rollcall.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The use case of retention: removes expired marks and audit entries. Safe for use by several threads. */
public final class Retention {

    private final RetentionStore store;
    private final Periods periods;
    private final Clock clock;

    public Retention(RetentionStore store, Periods periods, Clock clock) {
        this.store = store;
        this.periods = periods;
        this.clock = clock;
    }

    /**
     * The retention periods.
     *
     * @param attendanceDays days of marks, today not counted; 0 for ever
     * @param auditDays days of the audit log; 0 for ever
     * @param zone the time zone of today's date
     */
    public record Periods(int attendanceDays, int auditDays, ZoneId zone) {}

    /** The number of removed rows. */
    public record Removed(long marks, long auditEntries) {}

    /** Removes the rows that have expired by now. */
    public Removed apply() {
        Instant now = clock.instant();
        long marks = 0;
        if (periods.attendanceDays() > 0) {
            LocalDate today = now.atZone(periods.zone()).toLocalDate();
            marks = store.pruneAttendance(today.minusDays(periods.attendanceDays()), now);
        }
        long entries =
                periods.auditDays() > 0 ? store.pruneAudit(now.minus(Duration.ofDays(periods.auditDays())), now) : 0;
        return new Removed(marks, entries);
    }
}
