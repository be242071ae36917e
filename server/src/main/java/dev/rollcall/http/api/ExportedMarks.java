package dev.rollcall.http.api;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.Direction;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A person's marks and their corrections in {@link PersonExport}. */
final class ExportedMarks {

    private ExportedMarks() {}

    @Schema(name = "ExportedMark", description = "One mark, with what it rests on")
    record ExportedMark(
            @Schema(description = "The mark's number, in the order of writing")
            long id,

            @Schema(description = "When the mark was made") Instant markedAt,

            @Schema(description = "The work date that it counts for")
            LocalDate workDate,

            @Schema(description = "The mark's number within the person's work date, from 1")
            int number,

            @Schema(implementation = Direction.class) String direction,

            @Schema(description = "0 to 1; null for a mark without a picture") @Nullable
            Double confidence,

            @Schema(description = "Cosine, -1 to 1; null for a mark without a picture") @Nullable
            Double similarity,

            @Schema(description = "The liveness score, 0 to 1; null when it was not measured") @Nullable
            Double liveness,

            @Schema(description = "The site where the mark was made")
            String site,

            @Schema(description = "The id of the API key that made the mark; null where there is none") @Nullable
            String keyId,

            @Schema(implementation = AttendanceStore.Source.class)
            String source,

            @Schema(description = "When the picture of a late mark was taken; null for others") @Nullable
            Instant capturedAt,

            @Schema(description = "The best other person's confidence; null where it is not known") @Nullable
            Double rivalConfidence,

            @Schema(description = "The best other person's similarity; null where it is not known") @Nullable
            Double rivalSimilarity,

            @Schema(description = "Whether a declared look-alike matched at least as well; null where it is not known")
            @Nullable
            Boolean lookAlike,

            @Schema(description = "When the service received a late mark; null for others") @Nullable
            Instant receivedAt,

            @Schema(description = "True if the device was within the site's geofence; null if that was not asked")
            @Nullable
            Boolean insideGeofence,

            @Schema(description = "Whether somebody said the direction; otherwise it alternates")
            boolean directionGiven) {

        static ExportedMark example() {
            return new ExportedMark(
                    1,
                    Instant.parse("2026-11-22T07:58:12.706280Z"),
                    LocalDate.parse("2026-11-22"),
                    1,
                    "in",
                    0.9993,
                    0.9999,
                    0.9956,
                    "default",
                    "3f9a0c41d2b7",
                    "device",
                    null,
                    0.0512,
                    0.0531,
                    false,
                    null,
                    null,
                    false);
        }
    }

    @Schema(name = "ExportedCorrection", description = "A mark that was written by hand, voided or replaced")
    record ExportedCorrection(
            @Schema(description = "The correction's number, in the order of writing")
            long id,

            @Schema(
                    enumeration = {"added", "voided", "replaced"},
                    description = "What was done")
            String action,

            @Schema(description = "The id of the mark that was voided or replaced; null if one was added") @Nullable
            Long oldMark,

            @Schema(description = "The id of the new mark; null if one was voided") @Nullable
            Long newMark,

            @Schema(description = "Why it was done") String reason,

            @Schema(description = "The id of the API key that did it")
            String keyId,

            @Schema(description = "When it was done") Instant at,

            @Schema(description = "The id of the API key that approved it; null where nobody had to") @Nullable
            String approvedBy) {}

    @Schema(name = "ExportedCorrectionRequest", description = "A correction that waits for approval, or waited")
    record ExportedCorrectionRequest(
            @Schema(description = "The request's number, in the order of writing")
            long id,

            @Schema(
                    enumeration = {"pending", "approved", "rejected"},
                    description = "What became of it")
            String state,

            @Schema(
                    enumeration = {"added", "voided", "replaced"},
                    description = "What was asked for")
            String action,

            @Schema(description = "The id of the mark to be voided or replaced; null if one is to be added") @Nullable
            Long oldMark,

            @Schema(description = "The mark that shall count; null if one is to be voided") @Nullable
            Map<String, Object> proposed,

            @Schema(description = "Why it was asked for") String reason,

            @Schema(description = "The id of the API key that asked")
            String keyId,

            @Schema(description = "When it was asked for") Instant at,

            @Schema(description = "The id of the API key that decided; null while it waits") @Nullable
            String decidedBy,

            @Schema(description = "When it was decided; null while it waits") @Nullable
            Instant decidedAt,

            @Schema(description = "Why it was decided so; null where no reason was given") @Nullable
            String decision,

            @Schema(description = "The number of the correction that was made; null where none was") @Nullable
            Long correction) {}
}
