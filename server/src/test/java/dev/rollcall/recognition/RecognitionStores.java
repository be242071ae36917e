package dev.rollcall.recognition;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.attendance.MarkFilter;
import dev.rollcall.audit.AuditLog;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.KeptAnswer.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Marks, kept answers and notes in memory, as far as recognition asks for them: every mark is written unless it is said
 * otherwise, answers are kept for ever. Safe for use by several threads.
 */
final class RecognitionStores implements AttendanceStore, AnswerStore {

    private final Map<String, KeptAnswer> kept = new HashMap<>();
    private final List<MarkBasis> matches = new ArrayList<>();
    private final List<MarkRequest> marks = new ArrayList<>();
    private final List<AuditLog.Event> noted = new ArrayList<>();
    private @Nullable MarkDecision decision;
    private @Nullable KeptAnswer answerOfAnother;
    private boolean unavailable;
    private boolean expired;

    /** Decides so about every further mark. */
    synchronized void decide(MarkDecision always) {
        decision = always;
    }

    /** Keeps an answer under a key when the key is looked for a second time: another instance was faster. */
    synchronized void keepMeanwhile(KeptAnswer answer) {
        answerOfAnother = answer;
    }

    /** Fails from now on when a mark is to be written. */
    synchronized void breakDown() {
        unavailable = true;
    }

    /** Finds no answer any more. */
    synchronized void expire() {
        expired = true;
    }

    /** How many marks there are. */
    synchronized int marks() {
        return marks.size();
    }

    /** What the marks were asked for with. */
    synchronized List<MarkRequest> markRequests() {
        return List.copyOf(marks);
    }

    /** What is kept under a key. */
    synchronized Optional<KeptAnswer> kept(String key) {
        return Optional.ofNullable(kept.get(key));
    }

    /** The codes of the refusals that were noted. */
    synchronized List<Object> noted() {
        return noted.stream().map(event -> event.details().get("code")).toList();
    }

    /** The notes. */
    synchronized List<AuditLog.Event> notes() {
        return List.copyOf(noted);
    }

    @Override
    public synchronized Marking mark(MarkRequest request, AttendancePolicy policy) {
        if (unavailable) {
            throw new StoreUnavailableException("gone", true, null);
        }
        Once once = request.once();
        if (once != null && answer(once.key()).isPresent()) {
            return new Marking.Repeated();
        }
        MarkDecision decided = decision == null ? marked(request, policy) : decision;
        if (once != null) {
            Content content = new Content.Decided(
                    decided instanceof MarkDecision.Marked ? matches.get(Integer.parseInt(once.answer())) : null,
                    decided);
            kept.put(once.key(), new KeptAnswer(once.fingerprint(), content));
        }
        return new Marking.Decided(decided);
    }

    private MarkDecision marked(MarkRequest request, AttendancePolicy policy) {
        marks.add(request);
        int number = marks.size();
        Mark mark = new Mark(number, request.at(), policy.workDate(request.at()), number, Direction.IN);
        return new MarkDecision.Marked(mark, policy.maxPerDay() - number);
    }

    private Optional<KeptAnswer> answer(String key) {
        if (answerOfAnother != null) {
            kept.put(key, answerOfAnother);
            answerOfAnother = null;
        }
        return Optional.ofNullable(kept.get(key));
    }

    @Override
    public synchronized String text(MarkBasis basis) {
        matches.add(basis);
        return Integer.toString(matches.size() - 1);
    }

    @Override
    public synchronized Optional<KeptAnswer> find(String key, Instant now) {
        return expired ? Optional.empty() : Optional.ofNullable(kept.get(key));
    }

    @Override
    public synchronized Keeping keep(Attempt attempt, @Nullable UserId userId, Refusal refusal, Instant now) {
        Optional<KeptAnswer> before = answer(attempt.key());
        if (before.isPresent()) {
            return new Keeping(before.get(), true);
        }
        KeptAnswer answer = new KeptAnswer(attempt.fingerprint(), new Content.Refused(refusal));
        kept.put(attempt.key(), answer);
        return new Keeping(answer, false);
    }

    @Override
    public List<MarkOfPerson> list(AttendanceStore.Query query) {
        throw new UnsupportedOperationException("not called by recognition");
    }

    @Override
    public long count(MarkFilter filter) {
        throw new UnsupportedOperationException("not called by recognition");
    }

    @Override
    public long lastId() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String version() {
        throw new UnsupportedOperationException("not called by recognition");
    }

    @Override
    public Optional<Instant> newestEntry() {
        throw new UnsupportedOperationException("not called by recognition");
    }

    @Override
    public int sweep(Instant now) {
        throw new UnsupportedOperationException("not called by recognition");
    }

    private synchronized void note(AuditLog.Event event) {
        noted.add(event);
    }

    /** A log of refusals. */
    AuditLog audit() {
        return this::note;
    }
}
