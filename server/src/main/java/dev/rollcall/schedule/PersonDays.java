package dev.rollcall.schedule;

import dev.rollcall.schedule.DayPlan.Times;
import dev.rollcall.schedule.DaySheet.Deviation;
import dev.rollcall.schedule.DaySheet.ReadMark;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reckons a person's days by pure rules: which marks belong to a day, what its status is, and the hours.
 *
 * <p>A mark belongs to the day in whose window it is; a mark in no window belongs to its work date. It doesn't matter at which site it
 * was made: the plan and the clocks are those of the person's site.
 */
public final class PersonDays {

    /**
     * How many days before and after a range have marks that can belong to days in it: a shift takes up to 24 hours, its window 12 more on
     * either side, and a work date begins less than a day after midnight.
     */
    public static final int REACH_DAYS = 3;

    private final Calendar calendar;
    private final Instant now;
    private final LocalDate today;

    /**
     * Creates the rules of a site at a moment.
     *
     * @param now decides which days are over
     */
    public PersonDays(Calendar calendar, Instant now) {
        this.calendar = calendar;
        this.now = now;
        today = calendar.workDays().workDate(now);
    }

    /**
     * The days of a person, in their order.
     *
     * @param shifts by their ids
     * @param marks of the person, in any order, with those of {@link #REACH_DAYS} before and after
     */
    public List<DaySheet> between(Dates range, Map<String, Shift> shifts, Employment employment, List<DayMark> marks) {
        LocalDate last = range.to() == null ? today : range.to();
        List<DayPlan> plans = new Plans(shifts, calendar, employment.assignments())
                .of(range.from().minusDays(REACH_DAYS), last.plusDays(REACH_DAYS));
        Map<LocalDate, List<DayMark>> byDay = byDay(plans, marks);
        List<DaySheet> sheets = new ArrayList<>();
        for (DayPlan plan : plans) {
            if (!plan.date().isBefore(range.from()) && !plan.date().isAfter(last)) {
                List<DayMark> ofDay = byDay.getOrDefault(plan.date(), List.of());
                sheets.add(sheet(plan, Stays.of(ofDay), employment.covers(plan.date())));
            }
        }
        return sheets;
    }

    private static Map<LocalDate, List<DayMark>> byDay(List<DayPlan> plans, List<DayMark> marks) {
        Map<LocalDate, List<DayMark>> byDay = new HashMap<>();
        List<DayMark> ordered = marks.stream()
                .sorted(Comparator.comparing(DayMark::at).thenComparing(DayMark::id))
                .toList();
        int next = 0;
        for (DayMark mark : ordered) {
            while (next < plans.size() && !reaches(plans.get(next), mark.at())) {
                next++;
            }
            Times times = next < plans.size() ? plans.get(next).times() : null;
            LocalDate date =
                    times != null && times.takes(mark.at()) ? plans.get(next).date() : mark.workDate();
            byDay.computeIfAbsent(date, day -> new ArrayList<>()).add(mark);
        }
        return byDay;
    }

    /** Whether the window of a day ends after a mark. */
    private static boolean reaches(DayPlan plan, Instant mark) {
        Times times = plan.times();
        return times != null && mark.isBefore(times.closes());
    }

    private DaySheet sheet(DayPlan plan, Stays stays, boolean employed) {
        boolean ongoing = !stays.isEmpty() && now.isBefore(closes(plan, stays));
        boolean incomplete = stays.broken() || (stays.open() && !ongoing);
        Deviation deviation = deviation(plan, stays);
        boolean known = !stays.isEmpty() && !incomplete && !stays.open();
        return new DaySheet(
                plan,
                stays.isEmpty() ? statusWithoutMarks(plan, employed) : status(incomplete, deviation),
                ongoing,
                stays.firstIn(),
                stays.lastOut(),
                known ? Hours.of(stays.closed(), plan, zone()) : null,
                deviation,
                stays.read());
    }

    private static DayStatus status(boolean incomplete, Deviation deviation) {
        if (incomplete) {
            return DayStatus.INCOMPLETE;
        }
        if (deviation.lateSeconds() > 0) {
            return DayStatus.LATE;
        }
        return deviation.earlySeconds() > 0 ? DayStatus.LEFT_EARLY : DayStatus.PRESENT;
    }

    private @Nullable DayStatus statusWithoutMarks(DayPlan plan, boolean employed) {
        if (!employed || plan.date().isAfter(today)) {
            return null;
        }
        if (plan.holiday() != null) {
            return DayStatus.HOLIDAY;
        }
        if (plan.shift() == null) {
            return null;
        }
        Times times = plan.times();
        if (times == null) {
            return DayStatus.DAY_OFF;
        }
        return now.isBefore(times.end()) ? null : DayStatus.ABSENT;
    }

    /**
     * Being late is known when the day begins with an arrival. Leaving early is known when it ends with a departure and the shift is over:
     * until then, somebody who is out may be on a break.
     */
    private Deviation deviation(DayPlan plan, Stays stays) {
        Times duty = plan.duty();
        Shift shift = plan.shift();
        if (duty == null || shift == null) {
            return Deviation.NONE;
        }
        Grace grace = shift.rules().grace();
        Instant in = stays.beginsWithArrival() ? stays.firstIn() : null;
        Instant out = stays.open() || now.isBefore(duty.end()) ? null : stays.lastOut();
        return new Deviation(
                in == null ? 0 : beyond(duty.start(), in, grace.inMinutes()),
                out == null ? 0 : beyond(out, duty.end(), grace.outMinutes()));
    }

    /** The whole seconds from one instant to another; 0 if they are not more than the grace. */
    private static long beyond(Instant from, Instant to, int graceMinutes) {
        long seconds = to.getEpochSecond() - from.getEpochSecond();
        return seconds > graceMinutes * 60L ? seconds : 0;
    }

    /** A day with marks outside of its window ends with the window or the work date, whichever is later. */
    private Instant closes(DayPlan plan, Stays stays) {
        Times times = plan.times();
        Instant next = calendar.workDays().start(plan.date().plusDays(1));
        if (times == null) {
            return next;
        }
        boolean isWithin =
                stays.read().stream().map(ReadMark::mark).allMatch(mark -> !mark.counts() || times.takes(mark.at()));
        return isWithin || times.closes().isAfter(next) ? times.closes() : next;
    }

    private ZoneId zone() {
        return calendar.workDays().zone();
    }
}
