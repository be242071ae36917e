package dev.rollcall.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Removes marks and audit entries that are older than they are to be kept. Safe for use by several threads. */
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
     * How long things are kept.
     *
     * @param attendanceDays days of marks, today not counted; 0 for ever
     * @param auditDays days of the audit log; 0 for ever
     * @param zone decides which day it is
     */
    public record Periods(int attendanceDays, int auditDays, ZoneId zone) {}

    /** What was removed. */
    public record Removed(long marks, long auditEntries) {}

    /** Removes what is over its time now. */
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
