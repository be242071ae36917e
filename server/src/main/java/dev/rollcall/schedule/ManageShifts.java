package dev.rollcall.schedule;

import dev.rollcall.keys.By;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Attempt;
import dev.rollcall.outcome.Page;
import dev.rollcall.schedule.Assignment.Assignee;
import dev.rollcall.schedule.ShiftStore.AssignmentQuery;
import dev.rollcall.schedule.ShiftStore.DatesChange;
import dev.rollcall.schedule.ShiftStore.NewShift;
import dev.rollcall.sites.Site;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The use cases of shifts and assignments. Safe for use by several threads. */
public final class ManageShifts {

    private static final Pattern ID = Pattern.compile(Site.ID);

    private final ShiftStore store;
    private final Clock clock;

    public ManageShifts(ShiftStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** All shifts, in the order of their ids. */
    public List<Shift> shifts() {
        return store.shifts();
    }

    public Optional<Shift> find(String id) {
        return isId(id) ? store.find(id) : Optional.empty();
    }

    public Attempt<Shift> create(NewShift shift, Caller caller) {
        return attempt(store.create(shift, by(caller)));
    }

    /**
     * Changes a shift: on all days on which it is assigned, also past ones.
     *
     * @param versions of which it must have one; empty for any
     */
    public Attempt<Shift> change(String id, ShiftChange change, Set<String> versions, Caller caller) {
        return isId(id) ? attempt(store.change(id, change, versions, by(caller))) : noSuchShift();
    }

    /** Removes a shift that was never assigned; see {@link #change}. */
    public Attempt<String> delete(String id, Set<String> versions, Caller caller) {
        return isId(id) ? attempt(store.delete(id, versions, by(caller))) : noSuchShift();
    }

    public Page<Assignment> assignments(AssignmentQuery query) {
        List<Assignment> oneMore = store.assignments(new AssignmentQuery(
                query.shift(), query.userId(), query.group(), query.on(), query.after(), query.limit() + 1));
        return Page.of(oneMore, query.limit(), Assignment::id);
    }

    public Attempt<Assignment> assign(String shift, Assignee assignee, Dates dates, Caller caller) {
        return isId(shift) ? attempt(store.assign(shift, assignee, dates, by(caller))) : noSuchShift();
    }

    public Attempt<Assignment> change(long assignment, DatesChange change, Caller caller) {
        return attempt(store.change(assignment, change, by(caller)));
    }

    /** Removes an assignment, also for the past; returns its id. */
    public Attempt<Long> deleteAssignment(long id, Caller caller) {
        return store.deleteAssignment(id, by(caller))
                ? new Attempt.Done<>(id)
                : new Attempt.Refused<>(ScheduleRefusals.noSuchAssignment());
    }

    /** Whether a shift can have this id. Of other texts some can't be sent to the database. */
    private static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static <T> Attempt<T> noSuchShift() {
        return new Attempt.Refused<>(ScheduleRefusals.noSuchShift());
    }

    private By by(Caller caller) {
        return new By(clock.instant(), caller);
    }

    private static <T> Attempt<T> attempt(ShiftStore.Result<T> result) {
        return result instanceof ShiftStore.Result.Done<T> done
                ? new Attempt.Done<>(done.value())
                : new Attempt.Refused<>(ScheduleRefusals.of(((ShiftStore.Result.Not<T>) result).problem()));
    }
}
