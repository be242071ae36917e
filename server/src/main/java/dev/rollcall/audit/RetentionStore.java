package dev.rollcall.audit;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.time.LocalDate;

/** What can be removed for its age. Every method may throw {@link StoreUnavailableException}. */
public interface RetentionStore {

    /** Removes marks of work dates before one; answers how many. The removal is noted. */
    long pruneAttendance(LocalDate before, Instant now);

    /** Removes the first entries of the audit log, up to the first that is not older; answers how many. The removal is noted. */
    long pruneAudit(Instant before, Instant now);
}
