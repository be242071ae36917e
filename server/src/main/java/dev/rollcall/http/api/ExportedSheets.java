package dev.rollcall.http.api;

import dev.rollcall.schedule.DayStatus;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A person's months in {@link PersonExport}. */
final class ExportedSheets {

    private ExportedSheets() {}

    @Schema(name = "ExportedMonth", description = "A month of the person, as it was reckoned for the export")
    record ExportedMonth(
            @Schema(description = "The month, such as 2026-10")
            String month,

            @Schema(description = "What was to be worked on days that have a status")
            long plannedSeconds,

            @Schema(description = "What counts as work, on days whose hours are known")
            long workedSeconds,

            @Schema(description = "Unpaid breaks") long breakSeconds,

            @Schema(description = "Paid breaks") long paidBreakSeconds,

            @Schema(description = "What was worked beyond the plan")
            long overtimeSeconds,

            @Schema(description = "All times of arriving late")
            long lateSeconds,

            @Schema(description = "All times of leaving early")
            long earlySeconds,

            @Schema(description = "Days with marks whose hours are not known")
            int unknownDays,

            @Schema(description = "One for each date") List<ExportedDay> days) {

        static ExportedMonth example() {
            return new ExportedMonth(
                    "2026-11",
                    28_800,
                    28_102,
                    1_800,
                    0,
                    0,
                    760,
                    0,
                    0,
                    List.of(new ExportedDay(LocalDate.of(2026, 11, 20), "late", 28_800L, 28_102L, null, false)));
        }
    }

    @Schema(name = "ExportedDay", description = "A day of the person")
    record ExportedDay(
            @Schema(description = "The work date") LocalDate date,

            @Schema(implementation = DayStatus.class, description = "Null where nothing can be said") @Nullable
            String status,

            @Schema(description = "What was to be worked; null without a shift") @Nullable
            Long plannedSeconds,

            @Schema(description = "What counts as work; null if it is not known") @Nullable
            Long workedSeconds,

            @Schema(description = "The name of the holiday; null on other days") @Nullable
            String holiday,

            @Schema(description = "Whether a correction concerns one of the marks")
            boolean corrected) {}
}
