package dev.rollcall.attendance;

import dev.rollcall.attendance.CorrectionStore.Problem;
import dev.rollcall.attendance.CorrectionStore.Request;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.PeopleRefusals;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The refusals that concern corrections of marks. */
public final class CorrectionRefusals {

    private CorrectionRefusals() {}

    /** There is no mark with the id, or none that the caller may take back. */
    public static Refusal noSuchMark() {
        return new Refusal(Code.MARK_NOT_FOUND, "There is no mark with this id.");
    }

    /** The mark is not as the caller has seen it. */
    public static Refusal conflict() {
        return new Refusal(Code.CONFLICT, "The mark was changed meanwhile. Read it again.");
    }

    /**
     * A mark can be corrected once; then the one that counts instead of it can be corrected.
     *
     * @param by the id of that mark, or null if there is none
     */
    public static Refusal alreadyCorrected(@Nullable Long by) {
        return by == null
                ? new Refusal(Code.ALREADY_CORRECTED, "The mark was voided before.")
                : new Refusal(
                        Code.ALREADY_CORRECTED,
                        "Another mark counts instead of this one. Correct that one.",
                        Map.of("corrected_by", by));
    }

    /** The person has a mark of the same time that counts. */
    public static Refusal markExists(long id) {
        return new Refusal(Code.MARK_EXISTS, "The person has a mark at this time.", Map.of("id", id));
    }

    /** A correction of the mark waits for approval. */
    public static Refusal pending(long requestId) {
        return new Refusal(
                Code.CORRECTION_PENDING,
                "A correction of this mark, or of this time, waits for approval. Approve or reject that one first.",
                Map.of("correction_id", requestId));
    }

    /** A device can take back only its last mark of a person, and only for a moment. */
    public static Refusal undoTooLate(int seconds) {
        return new Refusal(
                Code.UNDO_TOO_LATE,
                "The mark can no longer be taken back. Ask an administrator to void it.",
                Map.of("undo_seconds", seconds));
    }

    /** There is no request with the id. */
    public static Refusal noSuchRequest() {
        return new Refusal(Code.CORRECTION_NOT_FOUND, "There is no correction with this id that waits, or waited.");
    }

    /** The request was approved or rejected before. */
    public static Refusal alreadyDecided(Request request) {
        return alreadyDecided(request.state().name().toLowerCase(Locale.ROOT));
    }

    /** The request was approved or rejected before, according to its state. */
    public static Refusal alreadyDecided(String state) {
        return new Refusal(Code.ALREADY_DECIDED, "This correction was decided before.", Map.of("state", state));
    }

    /** Who asked for a correction can't approve it. */
    public static Refusal sameKey() {
        return new Refusal(Code.SAME_KEY, "Another administrator must approve this, with another API key.");
    }

    /** A correction must change something. */
    private static Refusal unchanged() {
        return new Refusal(
                Code.INVALID_REQUEST,
                "The mark has this time and this direction. Nothing would change.",
                Map.of("field", "at"));
    }

    static Refusal of(Problem problem) {
        if (problem instanceof Problem.Unchanged) {
            return unchanged();
        }
        if (problem instanceof Problem.AlreadyCorrected corrected) {
            return alreadyCorrected(corrected.by());
        }
        if (problem instanceof Problem.MarkExists exists) {
            return markExists(exists.id());
        }
        if (problem instanceof Problem.Pending pending) {
            return pending(pending.requestId());
        }
        if (problem instanceof Problem.Conflict) {
            return conflict();
        }
        if (problem instanceof Problem.UnknownSite) {
            return PeopleRefusals.unknownSite();
        }
        return problem instanceof Problem.NotEnrolled ? PeopleRefusals.notEnrolled() : noSuchMark();
    }
}
