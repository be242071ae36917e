package dev.rollcall.schedule;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Page;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.schedule.Assignment.Assignee;
import dev.rollcall.schedule.ShiftStore.AssignmentQuery;
import dev.rollcall.schedule.ShiftStore.By;
import dev.rollcall.schedule.ShiftStore.DatesChange;
import dev.rollcall.schedule.ShiftStore.NewShift;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The use cases of shifts and assignments. Safe for use by several threads. */
public final class ManageShifts {

    private final ShiftStore store;
    private final Clock clock;

    public ManageShifts(ShiftStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The result of a change. */
    public sealed interface Result<T> {

        record Done<T>(T value) implements Result<T> {}

        record Refused<T>(Refusal refusal) implements Result<T> {}
    }

    /** All shifts, in the order of their ids. */
    public List<Shift> shifts() {
        return store.shifts();
    }

    public Optional<Shift> find(String id) {
        return store.find(id);
    }

    public Result<Shift> create(NewShift shift, Caller caller) {
        return result(store.create(shift, by(caller)));
    }

    /**
     * Changes a shift: on all days on which it is assigned, also past ones.
     *
     * @param versions of which it must have one; empty for any
     */
    public Result<Shift> change(String id, ShiftChange change, Set<String> versions, Caller caller) {
        return result(store.change(id, change, versions, by(caller)));
    }

    /** Removes a shift that was never assigned; see {@link #change}. */
    public Result<String> delete(String id, Set<String> versions, Caller caller) {
        return result(store.delete(id, versions, by(caller)));
    }

    public Page<Assignment> assignments(AssignmentQuery query) {
        List<Assignment> oneMore = store.assignments(new AssignmentQuery(
                query.shift(), query.userId(), query.group(), query.on(), query.after(), query.limit() + 1));
        return Page.of(oneMore, query.limit(), Assignment::id);
    }

    public Result<Assignment> assign(String shift, Assignee assignee, Dates dates, Caller caller) {
        return result(store.assign(shift, assignee, dates, by(caller)));
    }

    public Result<Assignment> change(long assignment, DatesChange change, Caller caller) {
        return result(store.change(assignment, change, by(caller)));
    }

    /** Removes an assignment, also for the past; returns its id. */
    public Result<Long> deleteAssignment(long id, Caller caller) {
        return store.deleteAssignment(id, by(caller))
                ? new Result.Done<>(id)
                : new Result.Refused<>(ScheduleRefusals.noSuchAssignment());
    }

    private By by(Caller caller) {
        return new By(clock.instant(), caller);
    }

    private static <T> Result<T> result(ShiftStore.Result<T> result) {
        return result instanceof ShiftStore.Result.Done<T> done
                ? new Result.Done<>(done.value())
                : new Result.Refused<>(ScheduleRefusals.of(((ShiftStore.Result.Not<T>) result).problem()));
    }
}
