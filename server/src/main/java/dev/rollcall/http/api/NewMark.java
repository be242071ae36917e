package dev.rollcall.http.api;

import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A mark that was just written, in responses.
 *
 * @param remainingToday marks that the person may still make on this work date
 */
@Schema(name = "NewMark", description = "A mark that was just written")
record NewMark(
        @Schema(description = "The mark's number, in the order of writing")
        long id,

        @Schema(description = "When the mark was made") Instant markedAt,

        @Schema(description = "The work date that it counts for")
        LocalDate workDate,

        @Schema(description = "The time zone of the site, such as Europe/Madrid")
        String timeZone,

        @Schema(description = "The mark's number within the person's work date, from 1")
        int number,

        @Schema(implementation = Direction.class) String direction,

        @Schema(description = "Marks that the person may still make on this work date")
        int remainingToday) {

    static NewMark example() {
        return new NewMark(
                1,
                Instant.parse("2026-11-22T07:58:12.706280Z"),
                LocalDate.parse("2026-11-22"),
                "Europe/Madrid",
                1,
                "in",
                1);
    }

    static NewMark of(Mark mark, ZoneId zone, int remainingToday) {
        return new NewMark(
                mark.id(),
                mark.markedAt(),
                mark.workDate(),
                zone.getId(),
                mark.number(),
                mark.direction().name().toLowerCase(Locale.ROOT),
                remainingToday);
    }
}
