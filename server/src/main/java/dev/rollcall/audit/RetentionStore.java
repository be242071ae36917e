package dev.rollcall.audit;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.time.LocalDate;

/** The removal of expired rows. Every method may throw {@link StoreUnavailableException}. */
public interface RetentionStore {

    /** Removes marks of earlier work dates; returns their number. The audit log notes the removal. */
    long pruneAttendance(LocalDate before, Instant now);

    /** Removes the first entries of the audit log up to the first that is not older; returns their number, and notes it. */
    long pruneAudit(Instant before, Instant now);
}
