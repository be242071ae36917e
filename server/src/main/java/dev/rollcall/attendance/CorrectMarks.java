package dev.rollcall.attendance;

import dev.rollcall.attendance.CorrectionStore.Event;
import dev.rollcall.attendance.CorrectionStore.NewMark;
import dev.rollcall.attendance.CorrectionStore.Request;
import dev.rollcall.attendance.CorrectionStore.Result;
import dev.rollcall.attendance.CorrectionStore.Undoing;
import dev.rollcall.attendance.CorrectionStore.VersionedMark;
import dev.rollcall.attendance.CorrectionStore.Wish;
import dev.rollcall.keys.By;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Page;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The use cases of single marks: read, add, void, correct, undo. The daily limit and the spacing are rules for devices; an
 * administrator may go beyond them. Safe for use by several threads.
 */
public final class CorrectMarks {

    /** How long ago a mark may have been that is entered manually: a year, also a leap year. */
    public static final Duration OLDEST = Duration.ofDays(366);

    /** The reason of an undone mark. */
    private static final String UNDONE = "Taken back at the device";

    private final CorrectionStore store;
    private final AttendancePolicies policies;
    private final Rules rules;
    private final Clock clock;

    /**
     * Creates the use cases.
     *
     * @param policies decide the work date
     */
    public CorrectMarks(CorrectionStore store, AttendancePolicies policies, Rules rules, Clock clock) {
        this.store = store;
        this.policies = policies;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * The rules of corrections.
     *
     * @param requireApproval whether another administrator must approve each correction
     * @param undoSeconds how long a device can take a mark back; 0 for never
     */
    public record Rules(boolean requireApproval, int undoSeconds) {}

    /** A mark that nobody made. */
    public record Addition(UserId userId, Instant at, Direction direction, String site) {}

    /** What is wrong in a mark; null stays as it is. */
    public record Change(@Nullable Instant at, @Nullable Direction direction) {}

    /** What became of a correction. */
    public sealed interface Correcting {

        /** The mark that was made, or voided. */
        record Done(ShownMark mark) implements Correcting {}

        /** Another administrator must approve it. */
        record Waiting(Request request) implements Correcting {}

        /** Nothing was written. */
        record Refused(Refusal refusal) implements Correcting {}
    }

    /** One mark; empty if there is none. */
    public Optional<ShownMark> read(long id) {
        return store.read(id).map(mark -> ShownMark.of(mark, policies));
    }

    /** A page of what became of a mark, in its order; empty if there is no such mark. */
    public Optional<Page<Event>> history(long id, long after, int limit) {
        return store.history(id, after, limit + 1).map(events -> Page.of(events, limit, Event::place));
    }

    /** Enters a mark that nobody made. */
    public Correcting add(Addition addition, Reason reason, Caller caller) {
        By by = new By(clock.instant(), caller);
        Optional<Refusal> wrongTime = wrongTime(addition.at(), by.at());
        if (wrongTime.isPresent()) {
            return new Correcting.Refused(wrongTime.get());
        }
        NewMark mark = newMark(notAfter(by.at(), addition.at()), addition.direction(), addition.site());
        return result(store.correct(new Wish.Add(addition.userId(), mark, reason.text()), rules.requireApproval(), by));
    }

    /**
     * Makes a mark not count.
     *
     * @param tags of which the mark must have one; empty for any
     */
    public Correcting makeVoid(long id, Set<String> tags, Reason reason, Caller caller) {
        Optional<VersionedMark> seen = store.read(id);
        Optional<Refusal> refusal = notAsSeen(seen, tags);
        return refusal.isPresent()
                ? new Correcting.Refused(refusal.get())
                : result(store.correct(
                        new Wish.MakeVoid(id, version(seen, tags), reason.text()),
                        rules.requireApproval(),
                        new By(clock.instant(), caller)));
    }

    /**
     * Writes a mark that counts instead of another one. The site stays.
     *
     * @param tags of which the mark must have one; empty for any
     */
    public Correcting change(long id, Set<String> tags, Change change, Reason reason, Caller caller) {
        By by = new By(clock.instant(), caller);
        Optional<VersionedMark> seen = store.read(id);
        Optional<Refusal> refusal = notAsSeen(seen, tags);
        if (refusal.isEmpty() && change.at() != null) {
            refusal = wrongTime(change.at(), by.at());
        }
        if (refusal.isPresent()) {
            return new Correcting.Refused(refusal.get());
        }
        String site = seen.orElseThrow().mark().origin().site();
        Wish wish = new Wish.Replace(
                id,
                version(seen, tags),
                newMark(notAfter(by.at(), change.at()), change.direction(), site),
                reason.text());
        return result(store.correct(wish, rules.requireApproval(), by));
    }

    /** Takes a mark back that the caller's device has just made. */
    public Correcting undo(long id, Caller caller) {
        Undoing undoing = store.undo(id, rules.undoSeconds(), UNDONE, new By(clock.instant(), caller));
        if (undoing instanceof Undoing.Undone undone) {
            return new Correcting.Done(ShownMark.of(undone.mark(), policies));
        }
        if (undoing instanceof Undoing.TooLate) {
            return new Correcting.Refused(CorrectionRefusals.undoTooLate(rules.undoSeconds()));
        }
        return new Correcting.Refused(
                undoing instanceof Undoing.AlreadyCorrected corrected
                        ? CorrectionRefusals.alreadyCorrected(corrected.by())
                        : CorrectionRefusals.noSuchMark());
    }

    /** A time that is a little in the future, by another clock, is now: devices' next marks come after it. */
    private static @Nullable Instant notAfter(Instant now, @Nullable Instant at) {
        return at != null && at.isAfter(now) ? now : at;
    }

    private NewMark newMark(@Nullable Instant at, @Nullable Direction direction, String site) {
        if (at == null) {
            return new NewMark(null, null, direction, site);
        }
        Instant stored = at.truncatedTo(ChronoUnit.MICROS);
        return new NewMark(stored, policies.at(site).workDate(stored), direction, site);
    }

    /** The refusal of a mark that is missing, or has none of the tags; compared again by the store, which has the version then. */
    private Optional<Refusal> notAsSeen(Optional<VersionedMark> seen, Set<String> tags) {
        if (seen.isEmpty()) {
            return Optional.of(CorrectionRefusals.noSuchMark());
        }
        boolean fits = tags.isEmpty()
                || tags.contains(ShownMark.of(seen.get(), policies).tag());
        return fits ? Optional.empty() : Optional.of(CorrectionRefusals.conflict());
    }

    private static @Nullable String version(Optional<VersionedMark> seen, Set<String> tags) {
        return tags.isEmpty() ? null : seen.orElseThrow().version();
    }

    private static Optional<Refusal> wrongTime(Instant at, Instant now) {
        if (at.isAfter(now.plus(AttendancePolicy.CLOCK_TOLERANCE))) {
            return Optional.of(wrong("at must not be in the future"));
        }
        return at.isBefore(now.minus(OLDEST))
                ? Optional.of(wrong("at must not be more than " + OLDEST.toDays() + " days ago"))
                : Optional.empty();
    }

    private static Refusal wrong(String detail) {
        return new Refusal(Code.INVALID_REQUEST, detail, Map.of("field", "at"));
    }

    private Correcting result(Result result) {
        if (result instanceof Result.Done done) {
            return new Correcting.Done(ShownMark.of(done.mark(), policies));
        }
        return result instanceof Result.Not not
                ? new Correcting.Refused(CorrectionRefusals.of(not.problem()))
                : new Correcting.Waiting(((Result.Waiting) result).request());
    }
}
