package dev.rollcall.schedule;

import dev.rollcall.keys.By;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.schedule.Assignment.Assignee;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The store of shifts and of who works them. Each change is noted in the audit log in the same transaction. Every method may throw
 * {@link StoreUnavailableException}.
 */
public interface ShiftStore extends ShiftSource {

    /** Most shifts. */
    int MOST_SHIFTS = 1_000;

    Optional<Shift> find(String id);

    Result<Shift> create(NewShift shift, By by);

    /**
     * Changes a shift.
     *
     * @param versions of which it must have one; empty for any
     */
    Result<Shift> change(String id, ShiftChange change, Set<String> versions, By by);

    /**
     * Removes a shift that was never assigned to anybody.
     *
     * @param versions of which it must have one; empty for any
     */
    Result<String> delete(String id, Set<String> versions, By by);

    /** Assignments in the order of their ids. */
    List<Assignment> assignments(AssignmentQuery query);

    Result<Assignment> assign(String shift, Assignee assignee, Dates dates, By by);

    Result<Assignment> change(long assignment, DatesChange change, By by);

    /** Removes an assignment, also for the past; false if there is none. */
    boolean deleteAssignment(long id, By by);

    /** A shift to add. */
    record NewShift(String id, String name, ShiftRules rules) {}

    /**
     * A change of the dates of an assignment: what is null stays as it is.
     *
     * @param end the new end
     */
    record DatesChange(@Nullable LocalDate from, @Nullable End end) {}

    /**
     * The end of an assignment.
     *
     * @param to the last date; null for no end
     */
    record End(@Nullable LocalDate to) {}

    /**
     * A page of assignments; what is null doesn't restrict.
     *
     * @param on a date on which they hold
     * @param after the id after which the page begins
     */
    record AssignmentQuery(
            @Nullable String shift,
            @Nullable UserId userId,
            @Nullable String group,
            @Nullable LocalDate on,
            long after,
            int limit) {}

    /** What became of a change. */
    sealed interface Result<T> {

        record Done<T>(T value) implements Result<T> {}

        record Not<T>(Problem problem) implements Result<T> {}
    }

    /**
     * Why a change can't be made.
     *
     * @param assignment of {@link Reason#OVERLAPS}, the id of the other one
     */
    record Problem(Reason reason, @Nullable Long assignment) {}

    /** Why a change can't be made. */
    enum Reason {
        SHIFT_NOT_FOUND,
        SHIFT_EXISTS,
        /** There are {@link #MOST_SHIFTS}. */
        TOO_MANY,
        /** The shift has another version. */
        CONFLICT,
        /** The shift is or was assigned. */
        SHIFT_IN_USE,
        /** The person or group would work two shifts on one day. */
        OVERLAPS,
        NOT_ENROLLED,
        ASSIGNMENT_NOT_FOUND,
        /** It would end before it begins. */
        NO_DATES
    }
}
