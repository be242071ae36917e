package dev.rollcall.attendance;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.keys.By;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of corrections of marks. Each is atomic for any number of service instances, is written to the audit log, and leaves the
 * mark as it is that it corrects. Every method may throw {@link StoreUnavailableException}.
 */
public interface CorrectionStore {

    /** One mark; empty if there is none. */
    Optional<VersionedMark> read(long id);

    /**
     * What became of a mark, in its order, beginning with how the first mark of its chain was made; empty if there is no such mark.
     *
     * @param after only events with a greater place; 0 for all
     * @param limit most events, at least 1
     */
    Optional<List<Event>> history(long id, long after, int limit);

    /**
     * Corrects marks, or, where approval is needed, notes what is wished. A person's marks that count have different times, and each
     * mark is corrected once at the most. The new mark has no evidence and the next number of its work date.
     */
    Result correct(Wish wish, boolean needsApproval, By by);

    /** Approves a request of another key, which is carried out then, or rejects one. */
    Decision decide(long requestId, boolean approve, @Nullable String reason, By by);

    /**
     * Requests, the latest first.
     *
     * @param state only those, or null
     * @param userId only of this person's marks, or null
     * @param before only requests with a smaller id, or null
     * @param limit most requests, at least 1
     */
    List<Request> requests(@Nullable RequestState state, @Nullable UserId userId, @Nullable Long before, int limit);

    /**
     * Voids the last mark that the caller's key made of a person and that counts; late marks and the others apart. May be repeated.
     *
     * @param seconds how long after its time, or its receipt if it is late, a mark can be undone
     */
    Undoing undo(long id, int seconds, String reason, By by);

    /**
     * A mark with its version.
     *
     * @param version differs whenever the mark looks otherwise
     */
    record VersionedMark(MarkOfPerson mark, String version) {}

    /** What an event of a history, or a correction, does. */
    enum Action {
        /** A mark was made, not by a correction. */
        MARKED,
        /** A mark was entered manually. */
        ADDED,
        /** A mark doesn't count any more. */
        VOIDED,
        /** Another mark counts instead of a mark. */
        REPLACED
    }

    /**
     * One event of a history.
     *
     * @param place its number, in the order of the events
     * @param keyId the API key that did it; null where there is none
     * @param approvedBy the API key that approved it, or null
     * @param reason null for {@link Action#MARKED}
     * @param mark the mark that was made, or voided
     */
    record Event(
            long place,
            Action action,
            Instant at,
            @Nullable String keyId,
            @Nullable String approvedBy,
            @Nullable String reason,
            MarkOfPerson mark) {}

    /** A correction that somebody wishes. */
    sealed interface Wish {

        /** Why. */
        String reason();

        /** A mark that nobody made. */
        record Add(UserId userId, NewMark mark, String reason) implements Wish {}

        /**
         * A mark that doesn't count.
         *
         * @param version what {@link #read} said, or null to correct the mark whatever it looks like
         */
        record MakeVoid(long id, @Nullable String version, String reason) implements Wish {}

        /**
         * Another mark instead of one.
         *
         * @param version what {@link #read} said, or null to correct the mark whatever it looks like
         */
        record Replace(long id, @Nullable String version, NewMark mark, String reason) implements Wish {}
    }

    /**
     * What is wished of a mark; null stays as it is in the mark that it replaces.
     *
     * @param workDate null if {@code at} is
     * @param site null in a mark that replaces another one
     */
    record NewMark(
            @Nullable Instant at,
            @Nullable LocalDate workDate,
            @Nullable Direction direction,
            @Nullable String site) {}

    /** What became of a wish. */
    sealed interface Result {

        /** The mark that was made, or voided. */
        record Done(VersionedMark mark) implements Result {}

        /** Another administrator must approve it. */
        record Waiting(Request request) implements Result {}

        /** Nothing was written. */
        record Not(Problem problem) implements Result {}
    }

    /** Why nothing was written. */
    sealed interface Problem {

        /** The person is not enrolled, or no longer. */
        record NotEnrolled() implements Problem {}

        /** There is no such site. */
        record UnknownSite() implements Problem {}

        /** There is no such mark. */
        record NoSuchMark() implements Problem {}

        /** The mark has another version. */
        record Conflict() implements Problem {}

        /**
         * The mark was corrected before.
         *
         * @param by the mark that counts instead of it; null if it was voided
         */
        record AlreadyCorrected(@Nullable Long by) implements Problem {}

        /** The person has a mark of the same time that counts. */
        record MarkExists(long id) implements Problem {}

        /** A correction of the mark, or the addition of a mark of the person at the same time, waits for approval. */
        record Pending(long requestId) implements Problem {}

        /** The mark would look as it does. */
        record Unchanged() implements Problem {}
    }

    /** The state of a request. */
    enum RequestState {
        /** It waits for another administrator. */
        PENDING,
        /** It was carried out. */
        APPROVED,
        /** Nothing was changed. */
        REJECTED
    }

    /**
     * A correction that waits for another administrator, or waited.
     *
     * @param name the person's name, or null when the person is no longer enrolled
     * @param mark the id of the mark to be corrected; null for a mark to be added
     * @param proposed the mark that shall count; null if {@code mark} shall only be voided
     * @param asked who asked for it, when and why
     * @param decided who decided, when and why; null while it waits
     */
    record Request(
            long id,
            RequestState state,
            Action action,
            UserId userId,
            @Nullable String name,
            @Nullable Long mark,
            @Nullable Proposed proposed,
            Word asked,
            @Nullable Word decided) {}

    /** A mark that shall count. */
    record Proposed(Instant at, LocalDate workDate, Direction direction, String site) {}

    /**
     * What an administrator said.
     *
     * @param reason null where none was given
     */
    record Word(String keyId, Instant at, @Nullable String reason) {}

    /** What became of a decision. */
    sealed interface Decision {

        /**
         * The request was approved or rejected.
         *
         * @param mark the mark that was made or voided; null if the request was rejected
         */
        record Decided(Request request, @Nullable VersionedMark mark) implements Decision {}

        /** There is no such request. */
        record NoSuchRequest() implements Decision {}

        /** It was decided before. */
        record AlreadyDecided(Request request) implements Decision {}

        /** Who asked can't approve. */
        record SameKey() implements Decision {}

        /** It can't be carried out, and still waits. */
        record Not(Problem problem) implements Decision {}
    }

    /** What became of an undoing. */
    sealed interface Undoing {

        /** The mark doesn't count any more. */
        record Undone(VersionedMark mark) implements Undoing {}

        /** The key made no such mark. */
        record NoSuchMark() implements Undoing {}

        /**
         * Somebody else has corrected it.
         *
         * @param by the mark that counts instead of it; null if it was voided
         */
        record AlreadyCorrected(@Nullable Long by) implements Undoing {}

        /** It is too old, or not the last one. */
        record TooLate() implements Undoing {}
    }
}
