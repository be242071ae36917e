package dev.rollcall.usecase;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where marks are decided and kept. */
public interface AttendanceStore {

    /**
     * Decides about a mark and writes it, in one step for any number of service instances.
     *
     * @throws StoreUnavailableException if the store can't be reached; then the mark may or may not have been written
     */
    MarkDecision mark(MarkRequest request, AttendancePolicy policy);

    /** Marks in the order in which they were written. */
    List<MarkOfPerson> list(Query query);

    /**
     * Which marks to list.
     *
     * @param userId only this person's, or null for everybody's
     * @param from first work date, or null for no bound
     * @param to last work date, or null for no bound
     * @param afterId only marks with a greater id; 0 for all
     * @param limit most marks, at least 1
     */
    record Query(
            @Nullable UserId userId,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            long afterId,
            int limit) {}

    /**
     * A mark and whose it is.
     *
     * @param name the person's name, or null when the person is no longer enrolled
     */
    record MarkOfPerson(UserId userId, @Nullable String name, Mark mark, double confidence) {}

    /**
     * A mark that somebody wants.
     *
     * @param at the moment, by the server's clock
     * @param evidence how the person was recognised
     */
    record MarkRequest(UserId userId, Instant at, Evidence evidence) {}

    /**
     * How a person was recognised.
     *
     * @param confidence 0…1
     * @param similarity −1…1
     * @param liveness 0…1, or null when it was not measured
     */
    record Evidence(
            double confidence, double similarity, @Nullable Double liveness) {}
}
