package dev.rollcall.http.api;

import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.reports.PersonDay;
import dev.rollcall.schedule.DayPlan;
import dev.rollcall.schedule.DaySheet;
import dev.rollcall.schedule.DayStatus;
import dev.rollcall.schedule.Hours;
import dev.rollcall.schedule.Shift;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A day of a person in responses. */
@Schema(
        name = "DaySheet",
        description = "One day of one person: what was planned, what was marked, and what results from it")
record DayView(
        @Schema(description = "The person's id") String userId,
        @Schema(description = "The person's name") String name,

        @Schema(description = "The person's group; null without one") @Nullable
        String group,

        @Schema(description = "The person's site; null for every site") @Nullable
        String site,

        @Schema(description = "The work date") LocalDate date,

        @Schema(description = "The time zone in which the day is reckoned")
        String timeZone,

        @Schema(
                implementation = DayStatus.class,
                description = "Null where nothing can be said: a day to come, a shift that is not over, or neither a"
                        + " shift nor marks")
        @Nullable
        String status,

        @Schema(description = "Whether further marks of this day may come")
        boolean ongoing,

        PlanView plan,

        @Schema(description = "The first arrival; null without one") @Nullable
        Instant firstIn,

        @Schema(description = "The last departure; null without one") @Nullable
        Instant lastOut,

        @Schema(description = "Null if a mark is missing, or somebody is still there") @Nullable
        HoursView hours,

        @Schema(description = "From the planned start to the first arrival; 0 within the grace")
        long lateSeconds,

        @Schema(description = "From the last departure to the planned end; 0 within the grace")
        long earlySeconds,

        @Schema(description = "Whether a correction concerns one of the marks")
        boolean corrected,

        @Schema(description = "All marks of the day by time, also those that don't count")
        List<MarkOfDay> marks) {

    @Schema(name = "DayPlan", description = "What is planned for a day")
    record PlanView(
            @Schema(description = "The id of the shift whose rules hold; null without one") @Nullable
            String shift,

            @Schema(description = "The name of the holiday; null on other dates") @Nullable
            String holiday,

            @Schema(description = "When the shift begins; null on a free day") @Nullable
            Instant start,

            @Schema(description = "When the shift ends; null on a free day") @Nullable
            Instant end,

            @Schema(description = "What is to be worked, without unpaid breaks; null without a shift") @Nullable
            Long plannedSeconds) {

        static PlanView of(DayPlan plan) {
            Shift shift = plan.shift();
            DayPlan.Times duty = plan.duty();
            return new PlanView(
                    shift == null ? null : shift.id(),
                    plan.holiday(),
                    duty == null ? null : duty.start(),
                    duty == null ? null : duty.end(),
                    plan.plannedSeconds());
        }
    }

    @Schema(name = "DayHours", description = "Hours in seconds")
    record HoursView(
            @Schema(description = "What counts as work, with paid breaks")
            long workedSeconds,

            @Schema(description = "Unpaid breaks") long breakSeconds,

            @Schema(description = "Paid breaks") long paidBreakSeconds,

            @Schema(description = "What was worked beyond the plan")
            long overtimeSeconds) {

        static HoursView of(Hours hours) {
            return new HoursView(hours.worked(), hours.unpaidBreak(), hours.paidBreak(), hours.overtime());
        }

        static @Nullable HoursView orNull(@Nullable Hours hours) {
            return hours == null ? null : of(hours);
        }
    }

    @Schema(name = "MarkOfDay", description = "A mark as the sheet of its day reads it")
    record MarkOfDay(
            @Schema(description = "The mark's id") long id,

            @Schema(description = "When it was made") Instant markedAt,

            @Schema(
                    implementation = Direction.class,
                    description = "As it results from the marks of this day; null if it doesn't count")
            @Nullable
            String direction,

            @Schema(description = "The site where it was made")
            String site,

            @Schema(implementation = Source.class) String source,
            @Schema(implementation = MarkState.class) String state,

            @Schema(description = "Whether a correction added it, or put it in place of another one")
            boolean fromCorrection) {

        static MarkOfDay of(DaySheet.ReadMark read) {
            Direction direction = read.direction();
            return new MarkOfDay(
                    read.mark().id(),
                    read.mark().at(),
                    direction == null ? null : ShiftView.word(direction),
                    read.mark().site(),
                    ShiftView.word(read.mark().source()),
                    ShiftView.word(read.mark().state()),
                    read.mark().replaces());
        }
    }

    static DayView example() {
        Instant in = Instant.parse("2026-10-05T06:12:40.120551Z");
        Instant out = Instant.parse("2026-10-05T14:31:02.706280Z");
        return new DayView(
                "geronimo",
                "Geronimo",
                "red",
                null,
                LocalDate.of(2026, 10, 5),
                "Europe/Madrid",
                "late",
                false,
                new PlanView(
                        "day",
                        null,
                        Instant.parse("2026-10-05T06:00:00Z"),
                        Instant.parse("2026-10-05T14:30:00Z"),
                        28_800L),
                in,
                out,
                new HoursView(28_102, 1800, 0, 0),
                760,
                0,
                false,
                List.of(
                        new MarkOfDay(1, in, "in", "default", "device", "present", false),
                        new MarkOfDay(2, out, "out", "default", "device", "present", false)));
    }

    static DayView of(PersonDay day) {
        DaySheet sheet = day.sheet();
        return new DayView(
                day.userId().value(),
                day.name(),
                day.group(),
                day.site(),
                sheet.plan().date(),
                day.zone().getId(),
                status(sheet.status()),
                sheet.ongoing(),
                PlanView.of(sheet.plan()),
                sheet.firstIn(),
                sheet.lastOut(),
                HoursView.orNull(sheet.hours()),
                sheet.deviation().lateSeconds(),
                sheet.deviation().earlySeconds(),
                sheet.isCorrected(),
                sheet.marks().stream().map(MarkOfDay::of).toList());
    }

    static @Nullable String status(@Nullable DayStatus status) {
        return status == null ? null : ShiftView.word(status);
    }
}
