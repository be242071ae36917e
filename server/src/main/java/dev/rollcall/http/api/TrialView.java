package dev.rollcall.http.api;

import dev.rollcall.http.api.DayView.HoursView;
import dev.rollcall.http.api.MonthView.TotalsView;
import dev.rollcall.reports.TryShift.ChangedDay;
import dev.rollcall.reports.TryShift.ChangedMonth;
import dev.rollcall.schedule.DaySheet;
import dev.rollcall.schedule.DayStatus;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A person's days that a change of a shift would change. */
@Schema(name = "ShiftTrial", description = "A person's days that a change of a shift would change")
record TrialView(
        @Schema(description = "The person's id") String userId,
        @Schema(description = "The person's name") String name,

        @Schema(description = "The sums of all days as they are")
        TotalsView before,

        @Schema(description = "The sums of all days as they would be")
        TotalsView after,

        @Schema(description = "The days that would look otherwise")
        List<Day> days) {

    @Schema(name = "ChangedDay", description = "A day as it is, and as it would be")
    record Day(@Schema(description = "The work date") LocalDate date, State before, State after) {

        static Day of(ChangedDay day) {
            return new Day(day.date(), State.of(day.before()), State.of(day.after()));
        }
    }

    @Schema(name = "DayState", description = "What a change of a shift can change of a day")
    record State(
            @Schema(implementation = DayStatus.class, description = "Null where nothing can be said") @Nullable
            String status,

            @Schema(description = "Null where the hours are not known") @Nullable
            HoursView hours,

            @Schema(description = "Null without a shift") @Nullable
            Long plannedSeconds,

            @Schema(description = "0 within the grace") long lateSeconds,
            @Schema(description = "0 within the grace") long earlySeconds) {

        static State of(DaySheet sheet) {
            return new State(
                    DayView.status(sheet.status()),
                    HoursView.orNull(sheet.hours()),
                    sheet.plan().plannedSeconds(),
                    sheet.deviation().lateSeconds(),
                    sheet.deviation().earlySeconds());
        }
    }

    static TrialView example() {
        TotalsView totals = MonthView.example().totals();
        HoursView hours = new HoursView(28_102, 1800, 0, 0);
        return new TrialView(
                "geronimo",
                "Geronimo",
                totals,
                totals,
                List.of(new Day(
                        LocalDate.of(2026, 10, 5),
                        new State("late", hours, 28_800L, 760, 0),
                        new State("present", hours, 28_800L, 0, 0))));
    }

    static TrialView of(ChangedMonth month) {
        return new TrialView(
                month.userId().value(),
                month.name(),
                TotalsView.of(month.before()),
                TotalsView.of(month.after()),
                month.days().stream().map(Day::of).toList());
    }
}
