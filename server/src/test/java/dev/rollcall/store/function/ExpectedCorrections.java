package dev.rollcall.store.function;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.CorrectionStore.Action;
import dev.rollcall.attendance.CorrectionStore.Decision;
import dev.rollcall.attendance.CorrectionStore.NewMark;
import dev.rollcall.attendance.CorrectionStore.Problem;
import dev.rollcall.attendance.CorrectionStore.Proposed;
import dev.rollcall.attendance.CorrectionStore.Request;
import dev.rollcall.attendance.CorrectionStore.RequestState;
import dev.rollcall.attendance.CorrectionStore.Result;
import dev.rollcall.attendance.CorrectionStore.Undoing;
import dev.rollcall.attendance.CorrectionStore.VersionedMark;
import dev.rollcall.attendance.CorrectionStore.Wish;
import dev.rollcall.attendance.CorrectionStore.Word;
import dev.rollcall.attendance.Direction;
import dev.rollcall.keys.By;
import dev.rollcall.people.UserId;
import dev.rollcall.store.function.ExpectedHistory.Correction;
import dev.rollcall.store.function.ExpectedHistory.Wanted;
import dev.rollcall.store.function.ExpectedMarks.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What corrections of one person's marks answer, worked out in memory and without SQL. */
final class ExpectedCorrections {

    private final UserId person;
    private final ExpectedMarks marks;
    private final ExpectedHistory history;
    private final Map<Long, Asked> requests = new HashMap<>();
    private final Map<String, MarkOfPerson> versions = new HashMap<>();
    private final List<Noted> noted = new ArrayList<>();

    ExpectedCorrections(UserId person, ExpectedMarks marks, ExpectedHistory history) {
        this.person = person;
        this.marks = marks;
        this.history = history;
    }

    private record Asked(Request request, @Nullable Wanted wanted) {}

    /** An entry of the audit log, with what its details say of marks, requests and reasons. */
    record Noted(
            Instant at,
            String action,
            @Nullable String keyId,
            @Nullable Long mark,
            @Nullable Long newMark,
            @Nullable Long request,
            @Nullable String requestedBy,
            @Nullable String reason) {}

    /** Notes which version of a mark was shown. */
    void saw(VersionedMark mark) {
        versions.put(mark.version(), mark.mark());
    }

    /**
     * Corrects a mark, or notes the request.
     *
     * @param id what the store calls the mark, or the request, that it writes
     * @return marks without their versions
     */
    Result correct(Wish wish, boolean needsApproval, By by, long id) {
        Long old = oldMark(wish);
        Wanted wanted = wanted(wish);
        Optional<Problem> problem = conflict(old, version(wish))
                .or(() -> problem(old, wanted))
                .or(() -> unchanged(wish))
                .or(() -> pending(old, wanted));
        if (problem.isPresent()) {
            return new Result.Not(problem.get());
        }
        Word word = new Word(by.caller().keyId(), by.at(), wish.reason());
        if (needsApproval) {
            return new Result.Waiting(ask(action(wish), old, wanted, word, id));
        }
        Correction done = history.carryOut(new Correction(action(wish), old, null, word, null), wanted, id);
        note(done, null, null);
        return new Result.Done(history.shown(done));
    }

    private Request ask(Action action, @Nullable Long old, @Nullable Wanted wanted, Word word, long id) {
        Proposed proposed = wanted == null ? null : wanted.mark();
        Request request =
                new Request(id, RequestState.PENDING, action, person, ExpectedHistory.NAME, old, proposed, word, null);
        requests.put(id, new Asked(request, wanted));
        if (old != null) {
            history.wait(old, id);
        }
        noted.add(new Noted(word.at(), "CORRECTION_REQUESTED", word.keyId(), old, null, id, null, word.reason()));
        return request;
    }

    /**
     * Decides about a request.
     *
     * @param id what the store calls the mark that it writes
     * @return marks without their versions
     */
    Decision decide(long requestId, boolean approve, @Nullable String reason, By by, long id) {
        Asked asked = Objects.requireNonNull(requests.get(requestId));
        Request request = asked.request();
        Word decision = new Word(by.caller().keyId(), by.at(), reason);
        if (request.state() != RequestState.PENDING) {
            return new Decision.AlreadyDecided(request);
        }
        boolean sameKey = request.asked().keyId().equals(decision.keyId());
        if (sameKey && approve) {
            return new Decision.SameKey();
        }
        if (!approve) {
            noted.add(new Noted(by.at(), "CORRECTION_REJECTED", decision.keyId(), null, null, requestId, null, reason));
            return new Decision.Decided(decided(asked, RequestState.REJECTED, decision), null);
        }
        Optional<Problem> problem = problem(request.mark(), asked.wanted());
        if (problem.isPresent()) {
            return new Decision.Not(problem.get());
        }
        Word word = new Word(request.asked().keyId(), by.at(), request.asked().reason());
        Request approved = decided(asked, RequestState.APPROVED, decision);
        Correction wanted = new Correction(request.action(), request.mark(), null, word, decision.keyId());
        Correction done = history.carryOut(wanted, asked.wanted(), id);
        note(done, requestId, decision.keyId());
        return new Decision.Decided(approved, history.shown(done));
    }

    private Request decided(Asked asked, RequestState state, Word decision) {
        Request old = asked.request();
        Request request = new Request(
                old.id(), state, old.action(), person, old.name(), old.mark(), old.proposed(), old.asked(), decision);
        requests.put(old.id(), new Asked(request, asked.wanted()));
        Long mark = old.mark();
        if (mark != null) {
            history.endWait(mark);
        }
        return request;
    }

    /** Takes a mark back. */
    Undoing undo(long id, int seconds, String reason, By by) {
        Written mark = marks.get(id);
        String key = by.caller().keyId();
        Source source = mark.origin().source();
        boolean undoable = source == Source.DEVICE || source == Source.LATE;
        if (!undoable || !key.equals(mark.origin().keyId())) {
            return new Undoing.NoSuchMark();
        }
        Optional<Correction> end = history.end(id);
        if (end.isPresent()) {
            return isUndoing(end.get(), key)
                    ? new Undoing.Undone(history.shown(end.get()))
                    : new Undoing.AlreadyCorrected(end.get().made());
        }
        Instant receivedAt = mark.receivedAt();
        Instant made = receivedAt == null ? mark.mark().markedAt() : receivedAt;
        boolean isLast = marks.ids().stream().noneMatch(other -> other > id && blocks(marks.get(other), mark));
        if (by.at().isAfter(made.plusSeconds(seconds)) || !isLast) {
            return new Undoing.TooLate();
        }
        Word word = new Word(key, by.at(), reason);
        Correction done = history.carryOut(new Correction(Action.VOIDED, id, null, word, null), null, id);
        noted.add(new Noted(by.at(), "MARK_UNDONE", key, id, null, null, null, reason));
        return new Undoing.Undone(history.shown(done));
    }

    private static boolean isUndoing(Correction end, String key) {
        return end.action() == Action.VOIDED && end.word().keyId().equals(key);
    }

    private boolean blocks(Written later, Written undone) {
        return later.origin().source() == undone.origin().source()
                && marks.counts(later.mark().id())
                && Objects.equals(later.origin().keyId(), undone.origin().keyId());
    }

    /** All requests, the latest first. */
    List<Request> requests() {
        return requests.values().stream()
                .map(Asked::request)
                .sorted(Comparator.comparing(Request::id).reversed())
                .toList();
    }

    /** What the audit log has of the corrections, oldest first. */
    List<Noted> noted() {
        return List.copyOf(noted);
    }

    private void note(Correction done, @Nullable Long request, @Nullable String approvedBy) {
        Word word = done.word();
        noted.add(new Noted(
                word.at(),
                "MARK_" + done.action(),
                approvedBy == null ? word.keyId() : approvedBy,
                done.old(),
                done.made(),
                request,
                approvedBy == null ? null : word.keyId(),
                word.reason()));
    }

    private Optional<Problem> conflict(@Nullable Long old, @Nullable String version) {
        return old == null || version == null || history.row(old).equals(versions.get(version))
                ? Optional.empty()
                : Optional.of(new Problem.Conflict());
    }

    private Optional<Problem> problem(@Nullable Long old, @Nullable Wanted wanted) {
        Optional<Correction> end = Optional.ofNullable(old).flatMap(history::end);
        if (end.isPresent()) {
            return Optional.of(new Problem.AlreadyCorrected(end.get().made()));
        }
        return wanted == null
                ? Optional.empty()
                : marks.countingAt(wanted.mark().at(), old).map(mark -> new Problem.MarkExists(mark.id()));
    }

    private Optional<Problem> unchanged(Wish wish) {
        if (!(wish instanceof Wish.Replace replace)) {
            return Optional.empty();
        }
        MarkOfPerson old = history.row(replace.id());
        Instant at = replace.mark().at();
        Direction said = replace.mark().direction();
        boolean otherTime = at != null && !at.equals(old.mark().markedAt());
        boolean otherDirection = said != null && said != old.standing().direction();
        return otherTime || otherDirection ? Optional.empty() : Optional.of(new Problem.Unchanged());
    }

    /** A request that waits to correct a mark; of a mark to be added, one that proposes the same time. */
    private Optional<Problem> pending(@Nullable Long old, @Nullable Wanted wanted) {
        if (old != null || wanted == null) {
            return Optional.ofNullable(old).flatMap(history::waiting).map(Problem.Pending::new);
        }
        return requests().stream()
                .filter(one -> one.state() == RequestState.PENDING
                        && isAt(one, wanted.mark().at()))
                .min(Comparator.comparing(Request::id))
                .map(one -> new Problem.Pending(one.id()));
    }

    private static boolean isAt(Request request, Instant at) {
        Proposed proposed = request.proposed();
        return proposed != null && proposed.at().equals(at);
    }

    private @Nullable Wanted wanted(Wish wish) {
        if (wish instanceof Wish.Add add) {
            NewMark mark = add.mark();
            Direction direction = Objects.requireNonNull(mark.direction());
            return wanted(Objects.requireNonNull(mark.at()), direction, true, Objects.requireNonNull(mark.site()));
        }
        if (wish instanceof Wish.Replace replace) {
            Written old = marks.get(replace.id());
            Instant at = replace.mark().at();
            Direction said = replace.mark().direction();
            return wanted(
                    at == null ? old.mark().markedAt() : at,
                    said == null ? old.mark().direction() : said,
                    said != null || old.directionGiven(),
                    old.origin().site());
        }
        return null;
    }

    private Wanted wanted(Instant at, Direction direction, boolean given, String site) {
        return new Wanted(new Proposed(at, PolicySamples.workDate(marks.policyOf(site), at), direction, site), given);
    }

    private static @Nullable Long oldMark(Wish wish) {
        if (wish instanceof Wish.Replace replace) {
            return replace.id();
        }
        return wish instanceof Wish.MakeVoid end ? (Long) end.id() : null;
    }

    private static @Nullable String version(Wish wish) {
        if (wish instanceof Wish.Replace replace) {
            return replace.version();
        }
        return wish instanceof Wish.MakeVoid end ? end.version() : null;
    }

    private static Action action(Wish wish) {
        if (wish instanceof Wish.Add) {
            return Action.ADDED;
        }
        return wish instanceof Wish.Replace ? Action.REPLACED : Action.VOIDED;
    }
}
