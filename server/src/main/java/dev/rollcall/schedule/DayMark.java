package dev.rollcall.schedule;

import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkFilter.MarkState;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A mark for a sheet.
 *
 * @param workDate the one that was written with it
 * @param said the direction that somebody chose; null for one that alternates
 * @param state whether it counts
 * @param replaces whether a correction made it or put it in place of another one
 */
public record DayMark(
        long id,
        Instant at,
        LocalDate workDate,
        @Nullable Direction said,
        String site,
        Source source,
        MarkState state,
        boolean replaces) {

    boolean counts() {
        return state == MarkState.PRESENT;
    }

    /** Whether a correction voided, replaced or made it. */
    public boolean isCorrected() {
        return replaces || !counts();
    }
}
