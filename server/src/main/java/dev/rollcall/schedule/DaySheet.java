package dev.rollcall.schedule;

import dev.rollcall.attendance.Direction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A person's day: what was planned, what was marked, and what results from both.
 *
 * @param status null where nothing can be said: days to come, a shift that is not over, no shift and no marks
 * @param ongoing whether marks of this day may still come in the ordinary course
 * @param firstIn when the first arrival was; null without one
 * @param lastOut when the last departure was; null without one
 * @param hours null if a mark is missing, or somebody is still there
 * @param marks all marks of the day by time, also those that don't count
 */
public record DaySheet(
        DayPlan plan,
        @Nullable DayStatus status,
        boolean ongoing,
        @Nullable Instant firstIn,
        @Nullable Instant lastOut,
        @Nullable Hours hours,
        Deviation deviation,
        List<ReadMark> marks) {

    public DaySheet {
        marks = List.copyOf(marks);
    }

    /**
     * A mark as this day reads it.
     *
     * @param direction null for one that doesn't count
     */
    public record ReadMark(DayMark mark, @Nullable Direction direction) {}

    /**
     * By how much the planned times were missed, in seconds; 0 within the grace.
     *
     * @param lateSeconds from the planned start to the first arrival
     * @param earlySeconds from the last departure to the planned end
     */
    public record Deviation(long lateSeconds, long earlySeconds) {

        static final Deviation NONE = new Deviation(0, 0);
    }

    /** Whether the status, the hours and what was planned are the same. */
    public boolean looksAs(DaySheet other) {
        return status == other.status
                && Objects.equals(hours, other.hours)
                && deviation.equals(other.deviation)
                && Objects.equals(plan.plannedSeconds(), other.plan.plannedSeconds());
    }

    /** Whether a correction concerns one of the marks. */
    public boolean isCorrected() {
        return marks.stream().anyMatch(read -> read.mark().isCorrected());
    }
}
