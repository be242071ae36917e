package dev.rollcall.http.api;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Standing;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkFilter;
import dev.rollcall.attendance.ShownMark;
import dev.rollcall.http.problem.Numbers;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A mark in responses. */
@Schema(name = "Mark", description = "One attendance mark")
record MarkView(
        @Schema(description = "The mark's number, in the order of writing")
        long id,

        @Schema(description = "The person's id, or the pseudonym of one who was erased")
        String userId,

        @Schema(description = "Null for a person who was erased") @Nullable
        String name,

        @Schema(description = "When the mark was made") Instant markedAt,

        @Schema(description = "The work date that it counts for")
        LocalDate workDate,

        @Schema(description = "The time zone of the site, such as Europe/Madrid")
        String timeZone,

        @Schema(description = "The mark's number within the person's work date, from 1; it never changes")
        int number,

        @Schema(
                implementation = Direction.class,
                description =
                        "As it results from the marks of the work date that count; of a mark that doesn't count as"
                                + " it was written")
        String direction,

        @Schema(implementation = Direction.class, description = "As it was written; it never changes")
        String recordedDirection,

        @Schema(implementation = MarkFilter.MarkState.class) String state,

        @Schema(
                description = "The place among the person's marks of the work date that count, by time, from 1; null if"
                        + " it doesn't count")
        @Nullable
        Integer position,

        @Schema(description = "The id of the mark instead of which it counts; null if there is none") @Nullable
        Long corrects,

        @Schema(description = "The id of the mark that counts instead of it; null if there is none") @Nullable
        Long correctedBy,

        @Schema(description = "Whether a correction of it waits for approval")
        boolean correctionPending,

        @Schema(description = "Null for a mark without a picture, such as a manual one") @Nullable
        BigDecimal confidence,

        @Schema(
                description = "Whether a declared look-alike of the person matched at least as well;"
                        + " null where it is not known")
        @Nullable
        Boolean lookAlike,

        @Schema(
                description = "Of a late mark, when the service received it; marked_at is when the device captured it."
                        + " Null for other marks")
        @Nullable
        Instant receivedAt,

        @Schema(description = "True if the device sent a position that was within the site's geofence")
        boolean insideGeofence,

        @Schema(description = "The site where the mark was made")
        String site,

        @Schema(implementation = AttendanceStore.Source.class)
        String source,

        @Schema(description = "The id of the API key that made the mark; null where there is none") @Nullable
        String keyId) {

    static MarkView example() {
        return new MarkView(
                1,
                "geronimo",
                "Geronimo",
                Instant.parse("2026-11-22T07:58:12.706280Z"),
                LocalDate.parse("2026-11-22"),
                "Europe/Madrid",
                1,
                "in",
                "in",
                "present",
                1,
                null,
                null,
                false,
                Numbers.rounded(0.9993),
                false,
                null,
                false,
                "default",
                "device",
                "3f9a0c41d2b7");
    }

    /** A mark that was entered manually instead of the one of {@link #example}. */
    static MarkView correctedExample() {
        return entered(1L);
    }

    /** A mark that nobody made and that was entered manually. */
    static MarkView addedExample() {
        return entered(null);
    }

    private static MarkView entered(@Nullable Long corrects) {
        return new MarkView(
                4,
                "geronimo",
                "Geronimo",
                Instant.parse("2026-11-22T07:30:00Z"),
                LocalDate.parse("2026-11-22"),
                "Europe/Madrid",
                3,
                "in",
                "in",
                "present",
                1,
                corrects,
                null,
                false,
                null,
                null,
                null,
                false,
                "default",
                "manual",
                "9b1d7e20c4aa");
    }

    /** The mark of {@link #example} after it was voided. */
    static MarkView voidedExample() {
        return ended("voided", null);
    }

    /** The mark of {@link #example} after that of {@link #correctedExample} has replaced it. */
    static MarkView replacedExample() {
        return ended("replaced", 4L);
    }

    private static MarkView ended(String state, @Nullable Long correctedBy) {
        MarkView mark = example();
        return new MarkView(
                mark.id,
                mark.userId,
                mark.name,
                mark.markedAt,
                mark.workDate,
                mark.timeZone,
                mark.number,
                mark.direction,
                mark.recordedDirection,
                state,
                null,
                null,
                correctedBy,
                false,
                mark.confidence,
                mark.lookAlike,
                null,
                false,
                mark.site,
                mark.source,
                mark.keyId);
    }

    static MarkView of(ShownMark shown) {
        return of(shown.mark(), shown.zone());
    }

    static MarkView of(MarkOfPerson row, ZoneId zone) {
        Mark mark = row.mark();
        Standing standing = row.standing();
        return new MarkView(
                mark.id(),
                row.userId().value(),
                row.name(),
                mark.markedAt(),
                mark.workDate(),
                zone.getId(),
                mark.number(),
                word(standing.direction()),
                word(mark.direction()),
                word(standing.state()),
                standing.position(),
                standing.corrects(),
                standing.correctedBy(),
                standing.correctionPending(),
                rounded(row.confidence()),
                row.lookAlike(),
                row.circumstances().receivedAt(),
                row.circumstances().insideGeofence(),
                row.origin().site(),
                word(row.origin().source()),
                row.origin().keyId());
    }

    /** A constant's name in responses. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable BigDecimal rounded(@Nullable Double confidence) {
        return confidence == null ? null : Numbers.rounded(confidence.doubleValue());
    }
}
