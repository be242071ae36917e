package dev.rollcall.schedule;

import dev.rollcall.schedule.DayPlan.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Makes the plans of a person's days.
 *
 * <p>Who has assignments of their own on a date works by these, otherwise by those of the group. Planned times are local times of the
 * site. One that the clocks leave out is the first instant after the gap; one that they show twice is the first of the two. So a night
 * shift is planned an hour shorter or longer when the clocks are changed.
 *
 * <p>The windows of neighbouring days don't overlap: where they would, the later one begins in the middle between the planned end of
 * the first and the planned start of the second, or as near to it as both windows reach.
 */
final class Plans {

    private final Map<String, Shift> shifts;
    private final Calendar calendar;
    private final List<Assignment> own;
    private final List<Assignment> ofGroup;

    Plans(Map<String, Shift> shifts, Calendar calendar, List<Assignment> assignments) {
        this.shifts = shifts;
        this.calendar = calendar;
        List<Assignment> ordered = assignments.stream()
                .sorted(Comparator.comparingLong(Assignment::id))
                .toList();
        own = ordered.stream().filter(Assignment::isPersonal).toList();
        ofGroup = ordered.stream().filter(one -> !one.isPersonal()).toList();
    }

    /** The plans of the dates from the first to the last, both included, in their order. */
    List<DayPlan> of(LocalDate from, LocalDate to) {
        List<DayPlan> plans = new ArrayList<>();
        for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
            plans.add(plan(date));
        }
        return separated(plans);
    }

    private DayPlan plan(LocalDate date) {
        List<Shift> covering = covering(own, date);
        if (covering.isEmpty()) {
            covering = covering(ofGroup, date);
        }
        String holiday = calendar.holiday(date);
        for (Shift shift : covering) {
            if (shift.rules().days().contains(date.getDayOfWeek())) {
                return new DayPlan(date, shift, times(date, shift.rules()), holiday);
            }
        }
        return new DayPlan(date, covering.isEmpty() ? null : covering.get(0), null, holiday);
    }

    private List<Shift> covering(List<Assignment> assignments, LocalDate date) {
        List<Shift> found = new ArrayList<>();
        for (Assignment assignment : assignments) {
            Shift shift = shifts.get(assignment.shift());
            if (shift != null && assignment.dates().contains(date)) {
                found.add(shift);
            }
        }
        return found;
    }

    /** Before the time at which work dates begin, the local date is the one after the work date. */
    private Times times(LocalDate workDate, ShiftRules rules) {
        LocalDate begins = rules.start().isBefore(calendar.workDays().startsAt()) ? workDate.plusDays(1) : workDate;
        LocalDate ends = rules.isOverMidnight() ? begins.plusDays(1) : begins;
        ZoneId zone = calendar.workDays().zone();
        Instant start = first(begins.atTime(rules.start()), zone);
        Instant end = first(ends.atTime(rules.end()), zone);
        return new Times(
                start,
                end.isBefore(start) ? start : end,
                start.minus(rules.window().beforeMinutes(), ChronoUnit.MINUTES),
                end.plus(rules.window().afterMinutes(), ChronoUnit.MINUTES));
    }

    /** The first instant at which the clocks show a time or, if they leave it out, a later one. */
    static Instant first(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition != null) {
            return transition.isGap() ? transition.getInstant() : local.toInstant(transition.getOffsetBefore());
        }
        return local.toInstant(zone.getRules().getOffset(local));
    }

    private static List<DayPlan> separated(List<DayPlan> plans) {
        List<DayPlan> apart = new ArrayList<>(plans);
        int before = -1;
        for (int i = 0; i < apart.size(); i++) {
            Times times = apart.get(i).times();
            if (times == null) {
                continue;
            }
            Times earlier = before < 0 ? null : apart.get(before).times();
            if (earlier != null && earlier.closes().isAfter(times.opens())) {
                Instant border = border(earlier, times);
                apart.set(before, apart.get(before).with(closing(earlier, border)));
                apart.set(i, apart.get(i).with(opening(times, border)));
            }
            before = i;
        }
        return apart;
    }

    private static Instant border(Times first, Times second) {
        Instant middle = middle(first.end(), second.start());
        if (middle.isBefore(second.opens())) {
            return second.opens();
        }
        return middle.isAfter(first.closes()) ? first.closes() : middle;
    }

    private static Instant middle(Instant first, Instant second) {
        return first.plus(Duration.between(first, second).dividedBy(2)).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Times closing(Times times, Instant border) {
        return new Times(times.start(), times.end(), times.opens(), border);
    }

    private static Times opening(Times times, Instant border) {
        return new Times(times.start(), times.end(), border, times.closes());
    }
}
