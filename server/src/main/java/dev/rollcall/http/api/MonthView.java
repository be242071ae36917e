package dev.rollcall.http.api;

import dev.rollcall.http.api.DayView.HoursView;
import dev.rollcall.reports.PersonMonth;
import dev.rollcall.reports.Totals;
import dev.rollcall.schedule.DayStatus;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A month of a person in responses. */
@Schema(name = "MonthSheet", description = "One month of one person")
record MonthView(
        @Schema(description = "The person's id") String userId,
        @Schema(description = "The person's name") String name,

        @Schema(description = "The person's group; null without one") @Nullable
        String group,

        @Schema(description = "The person's site; null for every site") @Nullable
        String site,

        TotalsView totals,

        @Schema(description = "One for each date") List<DayOfMonth> days) {

    @Schema(name = "SheetTotals", description = "The sums of several days")
    record TotalsView(
            @Schema(description = "The sums of the days whose hours are known")
            HoursView hours,

            @Schema(description = "What was to be worked on days that have a status")
            long plannedSeconds,

            @Schema(description = "All times of arriving late")
            long lateSeconds,

            @Schema(description = "All times of leaving early")
            long earlySeconds,

            @Schema(
                    description = "Days with marks whose hours are not known, since a mark is missing or somebody is"
                            + " still there")
            int unknownDays,

            Counts days) {

        static TotalsView of(Totals totals) {
            return new TotalsView(
                    HoursView.of(totals.hours()),
                    totals.plannedSeconds(),
                    totals.lateSeconds(),
                    totals.earlySeconds(),
                    totals.unknownDays(),
                    Counts.of(totals));
        }
    }

    @Schema(name = "StatusCounts", description = "How many days have each status")
    record Counts(
            @Schema(description = "Days with this status") int present,
            @Schema(description = "Days with this status") int late,
            @Schema(description = "Days with this status") int leftEarly,
            @Schema(description = "Days with this status") int incomplete,
            @Schema(description = "Days with this status") int absent,
            @Schema(description = "Days with this status") int holiday,
            @Schema(description = "Days with this status") int dayOff) {

        static Counts of(Totals totals) {
            return new Counts(
                    count(totals, DayStatus.PRESENT),
                    count(totals, DayStatus.LATE),
                    count(totals, DayStatus.LEFT_EARLY),
                    count(totals, DayStatus.INCOMPLETE),
                    count(totals, DayStatus.ABSENT),
                    count(totals, DayStatus.HOLIDAY),
                    count(totals, DayStatus.DAY_OFF));
        }

        private static int count(Totals totals, DayStatus status) {
            return totals.days().getOrDefault(status, 0);
        }
    }

    @Schema(name = "DayOfMonth", description = "A day of a month, without its marks")
    record DayOfMonth(
            @Schema(description = "The work date") LocalDate date,

            @Schema(implementation = DayStatus.class, description = "Null where nothing can be said") @Nullable
            String status,

            @Schema(description = "Null without marks, and where the hours are not known") @Nullable
            Long workedSeconds,

            @Schema(description = "Null without a shift") @Nullable
            Long plannedSeconds,

            @Schema(description = "The name of the holiday; null on other dates") @Nullable
            String holiday,

            @Schema(description = "Whether a correction concerns one of the marks")
            boolean corrected) {

        static DayOfMonth of(PersonMonth.Day day) {
            return new DayOfMonth(
                    day.date(),
                    DayView.status(day.status()),
                    day.workedSeconds(),
                    day.plannedSeconds(),
                    day.holiday(),
                    day.corrected());
        }
    }

    static MonthView example() {
        return new MonthView(
                "geronimo",
                "Geronimo",
                "red",
                null,
                new TotalsView(
                        new HoursView(602_100, 37_800, 0, 5400), 633_600, 760, 0, 1, new Counts(19, 1, 0, 1, 0, 1, 9)),
                List.of(
                        new DayOfMonth(LocalDate.of(2026, 10, 5), "late", 28_102L, 28_800L, null, false),
                        new DayOfMonth(LocalDate.of(2026, 10, 12), "holiday", null, 0L, "National Day", false)));
    }

    static MonthView of(PersonMonth month) {
        return new MonthView(
                month.userId().value(),
                month.name(),
                month.group(),
                month.site(),
                TotalsView.of(month.totals()),
                month.days().stream().map(DayOfMonth::of).toList());
    }
}
