package dev.rollcall.reports;

import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import dev.rollcall.people.UserId;
import dev.rollcall.reports.Reckoning.Plan;
import dev.rollcall.reports.SheetStore.PersonRecord;
import dev.rollcall.reports.SheetStore.Whose;
import dev.rollcall.schedule.Assignment;
import dev.rollcall.schedule.Assignment.Assignee;
import dev.rollcall.schedule.Dates;
import dev.rollcall.schedule.DaySheet;
import dev.rollcall.schedule.Shift;
import dev.rollcall.schedule.ShiftChange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tries a shift with other rules on days that were, and changes nothing: which days would look otherwise. Safe for use by several
 * threads.
 */
public final class TryShift {

    /** Days of a page, each with two sheets of some 700 bytes, after which no further person is looked at. */
    static final int MOST_DAYS = 1_000;

    private final SheetSources sources;

    public TryShift(SheetSources sources) {
        this.sources = sources;
    }

    /**
     * A trial.
     *
     * @param shift the shift's id
     * @param rules what would be otherwise
     * @param range with an end
     * @param assigns whether all those people would work the shift on all of these dates; otherwise those who are assigned to it
     * @param after the person after whom the page begins; null for the first page
     * @param limit most people whose days change, on one page
     */
    public record Trial(
            String shift,
            ShiftChange.Rules rules,
            Whose whose,
            Dates range,
            boolean assigns,
            @Nullable SheetPosition after,
            int limit) {}

    /** A person's days that would look otherwise, and the sums of all days. */
    public record ChangedMonth(UserId userId, String name, Totals before, Totals after, List<ChangedDay> days) {

        public ChangedMonth {
            days = List.copyOf(days);
        }
    }

    /** A day as it is and as it would be. */
    public record ChangedDay(LocalDate date, DaySheet before, DaySheet after) {}

    /**
     * A page of people with days that would look otherwise; empty if there is no such shift. A page may have fewer people than the limit and
     * still another one behind it, since one request looks at a limited number of people and days.
     */
    public Optional<Page<ChangedMonth>> page(Trial trial) {
        List<Shift> all = sources.shifts().shifts();
        Optional<Shift> shift =
                all.stream().filter(one -> one.id().equals(trial.shift())).findFirst();
        return shift.map(found -> {
            Plan plan = new Plan(all, Plan.holidays(sources.holidays(), trial.range()));
            Reckoning reckoning = new Reckoning(
                    plan, sources.policies(), trial.range(), sources.clock().instant());
            Map<String, Shift> others = new HashMap<>(reckoning.shifts());
            others.put(found.id(), found.with(trial.rules().on(found.rules())));
            return page(trial, reckoning, others);
        });
    }

    private Page<ChangedMonth> page(Trial trial, Reckoning reckoning, Map<String, Shift> others) {
        List<ChangedMonth> changed = new ArrayList<>();
        int days = 0;
        Scan scan = new Scan(sources.people(), trial.whose(), trial.range(), trial.after());
        for (Optional<PersonRecord> next = scan.next(); next.isPresent(); next = scan.next()) {
            PersonRecord person = next.get();
            if (!trial.assigns() && !isAssigned(person, trial.shift())) {
                continue;
            }
            ChangedMonth month = compared(trial, reckoning, others, person);
            if (!month.days().isEmpty()) {
                changed.add(month);
            }
            if (changed.size() > trial.limit()) {
                UserId last = changed.get(trial.limit() - 1).userId();
                return new Page<>(changed.subList(0, trial.limit()), behind(last));
            }
            days += month.days().size();
            if (days >= MOST_DAYS) {
                return new Page<>(changed, behind(person.userId()));
            }
        }
        return new Page<>(changed, scan.stoppedAt().flatMap(TryShift::behind));
    }

    private static Optional<Cursor> behind(UserId person) {
        return Optional.of(new SheetPosition(person, null).cursor());
    }

    private static boolean isAssigned(PersonRecord person, String shift) {
        return person.assignments().stream().anyMatch(one -> one.shift().equals(shift));
    }

    private static ChangedMonth compared(
            Trial trial, Reckoning reckoning, Map<String, Shift> others, PersonRecord person) {
        List<Assignment> assignments = trial.assigns() ? assigned(trial, person) : person.assignments();
        List<DaySheet> before = reckoning.days(person);
        List<DaySheet> after = reckoning.days(person, others, assignments);
        List<ChangedDay> days = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).looksAs(after.get(i))) {
                days.add(new ChangedDay(before.get(i).plan().date(), before.get(i), after.get(i)));
            }
        }
        return new ChangedMonth(person.userId(), person.name(), Totals.of(before), Totals.of(after), days);
    }

    /**
     * The assignments of a person with one that is nowhere stored. On the dates of the trial it goes before those of the group, and there
     * is no other one of the person.
     */
    private static List<Assignment> assigned(Trial trial, PersonRecord person) {
        List<Assignment> assignments = new ArrayList<>();
        assignments.add(
                new Assignment(0, trial.shift(), Assignee.person(person.userId()), trial.range(), person.createdAt()));
        for (Assignment one : person.assignments()) {
            if (one.assignee().group() != null) {
                assignments.add(one);
            } else {
                one.dates().without(trial.range()).forEach(dates -> assignments.add(one.with(dates)));
            }
        }
        return assignments;
    }
}
