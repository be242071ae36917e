package dev.rollcall.http.api;

import dev.rollcall.attendance.CorrectMarks.Correcting;
import dev.rollcall.attendance.CorrectionStore;
import dev.rollcall.attendance.CorrectionStore.Request;
import dev.rollcall.attendance.CorrectionStore.RequestState;
import dev.rollcall.attendance.CorrectionStore.Word;
import dev.rollcall.attendance.Direction;
import dev.rollcall.http.problem.RefusedException;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A correction that waits for approval, or waited, in responses. */
@Schema(name = "Correction", description = "A correction that needs the approval of another administrator")
record CorrectionView(
        @Schema(description = "The correction's number, in the order of writing")
        long id,

        @Schema(implementation = RequestState.class) String state,

        @Schema(implementation = CorrectionStore.Action.class)
        String action,

        @Schema(description = "The person's id") String userId,

        @Schema(description = "The person's name; null for a person who was erased") @Nullable
        String name,

        @Schema(description = "The id of the mark to be voided or replaced; null if one is to be added") @Nullable
        Long markId,

        @Schema(description = "The mark that shall count; null if one is to be voided") @Nullable
        Proposed proposed,

        @Schema(description = "Why") String reason,

        @Schema(description = "The id of the API key that asked")
        String keyId,

        @Schema(description = "When it was asked for") Instant requestedAt,

        @Schema(description = "The id of the API key that approved or rejected it; null while it waits") @Nullable
        String decidedBy,

        @Schema(description = "When it was approved or rejected; null while it waits") @Nullable
        Instant decidedAt,

        @Schema(description = "Why it was approved or rejected; null where that was not said") @Nullable
        String decision) {

    /** The mark that shall count. */
    @Schema(name = "ProposedMark", description = "A mark that shall count")
    record Proposed(
            @Schema(description = "When the person came or went")
            Instant markedAt,

            @Schema(description = "The work date that it counts for")
            LocalDate workDate,

            @Schema(implementation = Direction.class) String direction,

            @Schema(description = "The site") String site) {

        static Proposed of(CorrectionStore.Proposed mark) {
            return new Proposed(mark.at(), mark.workDate(), MarkView.word(mark.direction()), mark.site());
        }
    }

    /** What a request for a correction has led to. */
    @Schema(name = "CorrectionResult", description = "A correction that was made, or waits for approval")
    record Result(
            @Schema(description = "Whether it waits for the approval of another administrator")
            boolean pending,

            @Schema(description = "The mark that was made, or voided; null while the correction waits") @Nullable
            MarkView mark,

            @Schema(description = "The correction that waits; null if it was made") @Nullable
            CorrectionView correction) {

        static Result example() {
            return new Result(false, MarkView.correctedExample(), null);
        }

        static Result addExample() {
            return new Result(false, MarkView.addedExample(), null);
        }

        static Result makeVoidExample() {
            return new Result(false, MarkView.voidedExample(), null);
        }

        /** The response; ends the request if the correction was refused. */
        static Result of(Correcting correcting) {
            if (correcting instanceof Correcting.Done done) {
                return new Result(false, MarkView.of(done.mark()), null);
            }
            if (correcting instanceof Correcting.Waiting waiting) {
                return new Result(true, null, CorrectionView.of(waiting.request()));
            }
            throw new RefusedException(((Correcting.Refused) correcting).refusal());
        }
    }

    static CorrectionView example() {
        return new CorrectionView(
                2,
                "pending",
                "replaced",
                "geronimo",
                "Geronimo",
                1L,
                new Proposed(Instant.parse("2026-11-22T07:30:00Z"), LocalDate.parse("2026-11-22"), "in", "default"),
                "The kiosk's clock was wrong",
                "9b1d7e20c4aa",
                Instant.parse("2026-11-23T09:00:00Z"),
                null,
                null,
                null);
    }

    /** The one of {@link #example}, approved. */
    static CorrectionView approvedExample() {
        CorrectionView pending = example();
        return new CorrectionView(
                pending.id(),
                "approved",
                pending.action(),
                pending.userId(),
                pending.name(),
                pending.markId(),
                pending.proposed(),
                pending.reason(),
                pending.keyId(),
                pending.requestedAt(),
                "c07e55d1f3b8",
                Instant.parse("2026-11-23T10:15:00Z"),
                "Seen on the list of visitors");
    }

    static CorrectionView of(Request request) {
        CorrectionStore.Proposed proposed = request.proposed();
        Word decided = request.decided();
        return new CorrectionView(
                request.id(),
                MarkView.word(request.state()),
                MarkView.word(request.action()),
                request.userId().value(),
                request.name(),
                request.mark(),
                proposed == null ? null : Proposed.of(proposed),
                String.valueOf(request.asked().reason()),
                request.asked().keyId(),
                request.asked().at(),
                decided == null ? null : decided.keyId(),
                decided == null ? null : decided.at(),
                decided == null ? null : decided.reason());
    }
}
