package dev.rollcall.http.api;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkFilter;
import dev.rollcall.attendance.OwnMarks;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A person's own marks of a month, in responses. */
@Schema(name = "OwnMarks", description = "A person's own marks of a month")
record OwnMarksView(
        @Schema(description = "The month of the work dates, such as 2026-11")
        String month,

        @Schema(description = "The marks by time, also those that don't count any more")
        List<OwnMark> items,

        @Schema(description = "What they come to") Sums sums,

        @Schema(description = "Whether these are all; false if there are more than a thousand")
        boolean complete) {

    @Schema(name = "OwnMark", description = "A mark as its person sees it")
    record OwnMark(
            @Schema(description = "The mark's number, in the order of writing")
            long id,

            @Schema(description = "When the mark was made") Instant markedAt,

            @Schema(description = "The same by the clocks of its site, such as 2026-11-22T08:58:12+01:00")
            String localTime,

            @Schema(description = "The time zone of its site, such as Europe/Madrid")
            String timeZone,

            @Schema(description = "The work date that it counts for")
            LocalDate workDate,

            @Schema(
                    implementation = Direction.class,
                    description = "As it results from the marks of the work date that count")
            String direction,

            @Schema(implementation = MarkFilter.MarkState.class)
            String state,

            @Schema(implementation = AttendanceStore.Source.class)
            String source,

            @Schema(description = "The id of the mark instead of which it counts; null if there is none") @Nullable
            Long corrects,

            @Schema(description = "The id of the mark that counts instead of it; null if there is none") @Nullable
            Long correctedBy,

            @Schema(description = "Whether a correction of it waits for approval")
            boolean correctionPending) {

        static OwnMark example() {
            return new OwnMark(
                    1,
                    Instant.parse("2026-11-22T07:58:12.706280Z"),
                    "2026-11-22T08:58:12+01:00",
                    "Europe/Madrid",
                    LocalDate.parse("2026-11-22"),
                    "in",
                    "present",
                    "device",
                    null,
                    null,
                    false);
        }

        static OwnMark of(MarkOfPerson row, ZoneId zone) {
            return new OwnMark(
                    row.mark().id(),
                    row.mark().markedAt(),
                    row.mark()
                            .markedAt()
                            .truncatedTo(ChronoUnit.SECONDS)
                            .atZone(zone)
                            .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME),
                    zone.getId(),
                    row.mark().workDate(),
                    MarkView.word(row.standing().direction()),
                    MarkView.word(row.standing().state()),
                    MarkView.word(row.origin().source()),
                    row.standing().corrects(),
                    row.standing().correctedBy(),
                    row.standing().correctionPending());
        }
    }

    @Schema(name = "SumsOfMarks", description = "What the marks of a month come to")
    record Sums(
            @Schema(description = "Work dates with a mark that counts")
            int days,

            @Schema(description = "Marks that count") int marks,

            @Schema(description = "Of these, marks that were sent late")
            int late,

            @Schema(description = "Marks that were voided, replaced or entered manually")
            int corrections) {

        static Sums of(OwnMarks.Sums sums) {
            return new Sums(sums.days(), sums.marks(), sums.late(), sums.corrections());
        }
    }

    static OwnMarksView example() {
        return new OwnMarksView("2026-11", List.of(OwnMark.example()), new Sums(1, 1, 0, 0), true);
    }

    static OwnMarksView of(OwnMarks.Month month, Function<String, ZoneId> zones) {
        return new OwnMarksView(
                month.month().toString(),
                month.marks().stream()
                        .map(row -> OwnMark.of(row, zones.apply(row.origin().site())))
                        .toList(),
                Sums.of(month.sums()),
                month.complete());
    }
}
