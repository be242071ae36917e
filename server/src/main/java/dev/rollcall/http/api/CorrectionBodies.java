package dev.rollcall.http.api;

import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Reason;
import dev.rollcall.people.UserId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The bodies of requests for corrections as the OpenAPI document describes them; {@link CorrectionRequests} reads them. */
final class CorrectionBodies {

    private static final String REASON = "Why, on one line";

    private CorrectionBodies() {}

    /** A mark that nobody made. */
    @Schema(name = "ManualMarkRequest", description = "A mark to be entered manually")
    record ManualMark(
            @Schema(
                    minLength = 1,
                    maxLength = UserId.MAX_LENGTH,
                    pattern = "^" + UserId.CHARACTER + "+$",
                    description = "The person's id: " + UserId.RULE)
            String userId,

            @Schema(description = "When the person came or went: not in the future, and at most 366 days ago")
            Instant at,

            @Schema(implementation = Direction.class) String direction,

            @Schema(
                    minLength = 1,
                    maxLength = 64,
                    description = "The site whose time zone decides the work date; the API key's own if absent")
            @Nullable
            String site,

            @Schema(minLength = Reason.MIN_LENGTH, maxLength = Reason.MAX_LENGTH, description = REASON)
            String reason) {

        static ManualMark example() {
            return new ManualMark(
                    "geronimo", Instant.parse("2026-11-22T07:30:00Z"), "in", "default", "Forgot to mark on arrival");
        }
    }

    /** Why a mark is voided. */
    @Schema(name = "VoidRequest", description = "Why a mark doesn't count")
    record Voiding(
            @Schema(minLength = Reason.MIN_LENGTH, maxLength = Reason.MAX_LENGTH, description = REASON)
            String reason) {

        static Voiding example() {
            return new Voiding("Marked twice");
        }
    }

    /** What is wrong in a mark. */
    @Schema(name = "CorrectRequest", description = "What a mark shall be instead: at least one of at and direction")
    record Change(
            @Schema(minLength = Reason.MIN_LENGTH, maxLength = Reason.MAX_LENGTH, description = REASON)
            String reason,

            @Schema(description = "When the person really came or went; as in the mark if absent") @Nullable
            Instant at,

            @Schema(implementation = Direction.class) @Nullable
            String direction) {

        static Change example() {
            return new Change("The kiosk's clock was wrong", Instant.parse("2026-11-22T07:30:00Z"), null);
        }
    }

    /** Why a correction is approved or rejected. */
    @Schema(name = "DecisionRequest", description = "Why a correction is approved or rejected; it may be absent")
    record Decision(
            @Schema(minLength = Reason.MIN_LENGTH, maxLength = Reason.MAX_LENGTH, description = REASON) @Nullable
            String reason) {

        static Decision example() {
            return new Decision(null);
        }
    }
}
