package dev.rollcall.recognition;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.Evidence;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Once;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.audit.RefusalLog;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.match.Templates;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.PeopleRefusals;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.Person;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.KeptAnswer.Content;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The use case of recognition: verifies that a picture shows a person, and writes the mark. Safe for use by several threads. */
public final class RecognizePerson {

    private final PictureAnalyzer analyzer;
    private final Stores stores;
    private final Recognizer recognizer;
    private final Policy policy;
    private final AttemptLimit attempts;
    private final Clock clock;
    private final KeysInProgress keysInProgress = new KeysInProgress();

    public RecognizePerson(PictureAnalyzer analyzer, Stores stores, Recognizer recognizer, Policy policy, Clock clock) {
        this.analyzer = analyzer;
        this.stores = stores;
        this.recognizer = recognizer;
        this.policy = policy;
        this.attempts = stores.attempts();
        this.clock = clock;
    }

    /** The stores that recognition reads and writes, and the limit of attempts. */
    public record Stores(
            PeopleStore people,
            AttendanceStore attendance,
            AnswerStore answers,
            RefusalLog refusals,
            AttemptLimit attempts) {}

    /**
     * The rules of recognition.
     *
     * @param rules the requirements on the picture
     * @param thresholds least confidence of a match
     * @param attendance the site's rules for marks
     */
    public record Policy(AnalysisRules rules, Thresholds thresholds, AttendancePolicy attendance) {}

    /** The result of a recognition. */
    public sealed interface Result {

        /** The person was recognised and the mark written. */
        record Marked(Match match, Mark mark, int remainingToday) implements Result {}

        /** Nothing was written. */
        record Refused(Refusal refusal) implements Result {}
    }

    /**
     * A request to recognise.
     *
     * @param site the site of the mark
     * @param attempt the idempotency key; the same request under the same key has the same result, without a second mark,
     *     for {@link KeptAnswer#LIFETIME}. OVERLOADED is not kept.
     */
    public record Request(UserId userId, String site, Optional<Attempt> attempt) {}

    /**
     * Verifies a person and writes a mark. A refusal is written to the audit log. A repetition under a key returns the kept
     * answer before anything else: it neither counts as an attempt nor is logged again.
     */
    public Result recognize(Request request, byte[] picture, Caller caller) {
        return request.attempt().isEmpty()
                ? recognizeCounted(request, picture, caller)
                : keysInProgress.runAfterFirst(
                        request.attempt().get().key(),
                        () -> recognizeUnder(request.attempt().get(), request, picture, caller));
    }

    private Result recognizeUnder(Attempt attempt, Request request, byte[] picture, Caller caller) {
        Optional<KeptAnswer> kept = stores.answers().find(attempt.key(), clock.instant());
        return kept.isPresent()
                ? logged(repeated(kept.get(), attempt), request, caller)
                : recognizeCounted(request, picture, caller);
    }

    /** What is known of a result under an idempotency key. */
    private enum Keeping {
        /** It was not kept. */
        NOT_KEPT,
        /** It was kept by this request, with the decision on its mark. */
        KEPT,
        /** It is the answer that an earlier request of the same content has kept. */
        REPLAYED
    }

    /** The result of a request, and whether it is a kept answer. */
    private record Outcome(Result result, Keeping keeping) {

        static Outcome refused(Refusal refusal) {
            return new Outcome(new Result.Refused(refusal), Keeping.NOT_KEPT);
        }

        boolean replayed() {
            return keeping == Keeping.REPLAYED;
        }

        /** Whether the attempt counts against the limit: no match, or a failed liveness check. */
        boolean isFailedAttempt() {
            return !replayed()
                    && result instanceof Result.Refused refused
                    && (refused.refusal().code() == Code.NOT_MATCHED
                            || refused.refusal().code() == Code.SPOOF_SUSPECTED);
        }
    }

    /** Counts the attempt before it is made, so that concurrent attempts can't exceed the limit. */
    private Result recognizeCounted(Request request, byte[] picture, Caller caller) {
        Optional<Refusal> tooMany = attempts.count(request.userId(), caller);
        if (tooMany.isPresent()) {
            return new Result.Refused(tooMany.get());
        }
        boolean failedAttempt = false;
        try {
            Outcome outcome = recognizeOnce(request, picture, caller);
            failedAttempt = outcome.isFailedAttempt();
            Outcome kept = keptIfRefused(outcome, request);
            failedAttempt = kept.isFailedAttempt();
            return logged(kept, request, caller);
        } finally {
            if (!failedAttempt) {
                attempts.refund(request.userId());
            }
        }
    }

    private Result logged(Outcome outcome, Request request, Caller caller) {
        if (outcome.result() instanceof Result.Refused refused && !outcome.replayed()) {
            stores.refusals().recognition(request.userId(), refused.refusal(), caller);
        }
        return outcome.result();
    }

    private Outcome keptIfRefused(Outcome outcome, Request request) {
        return request.attempt().isPresent()
                        && outcome.keeping() == Keeping.NOT_KEPT
                        && outcome.result() instanceof Result.Refused refused
                        && isKept(refused.refusal())
                ? kept(request.attempt().get(), request.userId(), refused.refusal())
                : outcome;
    }

    private Outcome kept(Attempt attempt, UserId userId, Refusal refusal) {
        AnswerStore.Keeping written = stores.answers().keep(attempt, userId, refusal, clock.instant());
        Outcome outcome = repeated(written.kept(), attempt);
        return written.repeated() ? outcome : new Outcome(outcome.result(), Keeping.KEPT);
    }

    /** Whether a refusal is kept, so that a repetition gets it again. */
    private static boolean isKept(Refusal refusal) {
        return refusal.code() != Code.IDEMPOTENCY_KEY_REUSED && refusal.code() != Code.OVERLOADED;
    }

    /** The person is looked up while the picture is analysed. */
    private Outcome recognizeOnce(Request request, byte[] picture, Caller caller) {
        Optional<PendingAnalysis> begun = analyzer.begin(picture, policy.rules());
        if (begun.isEmpty()) {
            return Outcome.refused(FaceFinding.OVERLOADED);
        }
        try (PendingAnalysis analysis = begun.get()) {
            Optional<Person> person = stores.people()
                    .find(request.userId(), recognizer.modelId())
                    .filter(found -> !found.templates().isEmpty());
            return person.isEmpty()
                    ? Outcome.refused(PeopleRefusals.notEnrolled())
                    : verified(request, person.get(), FaceFinding.of(analysis), caller);
        }
    }

    private Outcome verified(Request request, Person person, FaceFinding finding, Caller caller) {
        if (finding instanceof FaceFinding.Refused refused) {
            return Outcome.refused(refused.refusal());
        }
        Match match = compare(person, ((FaceFinding.Found) finding).face(), request.site());
        if (match.confidence() < match.threshold()) {
            return Outcome.refused(new Refusal(
                    Code.NOT_MATCHED,
                    "The face does not match this person.",
                    Map.of("confidence", match.confidence(), "threshold", match.threshold())));
        }
        return mark(match, request, caller);
    }

    private Match compare(Person person, Face face, String site) {
        double similarity = Templates.bestSimilarity(face.embedding(), person.templates())
                .orElseThrow(() -> new IllegalStateException("a person without templates was compared"));
        return new Match(
                person.userId(),
                person.name(),
                recognizer.calibration().confidence(similarity),
                similarity,
                policy.thresholds().confidence(site),
                face.liveness());
    }

    private Outcome mark(Match match, Request request, Caller caller) {
        Optional<Attempt> attempt = request.attempt();
        Instant now = clock.instant();
        MarkRequest wanted = new MarkRequest(
                match.userId(),
                now,
                new Origin(request.site(), caller.keyId(), Source.DEVICE),
                evidence(match),
                attempt.map(under -> once(under, match, now)).orElse(null));
        return stores.attendance().mark(wanted, policy.attendance()) instanceof Marking.Decided decided
                ? new Outcome(result(match, decided.decision()), Keeping.KEPT)
                : repeated(keptUnder(attempt.orElseThrow(), now), attempt.orElseThrow());
    }

    private Once once(Attempt attempt, Match match, Instant now) {
        return new Once(
                attempt.key(),
                attempt.fingerprint(),
                now.plus(KeptAnswer.LIFETIME),
                stores.answers().text(match));
    }

    private KeptAnswer keptUnder(Attempt attempt, Instant now) {
        return stores.answers()
                .find(attempt.key(), now)
                .orElseThrow(
                        () -> new StoreUnavailableException("the answer of this key has just expired", true, null));
    }

    private static Evidence evidence(Match match) {
        Liveness liveness = match.liveness();
        return new Evidence(match.confidence(), match.similarity(), liveness == null ? null : liveness.score());
    }

    private Outcome repeated(KeptAnswer kept, Attempt attempt) {
        if (!kept.fingerprint().equals(attempt.fingerprint())) {
            return Outcome.refused(new Refusal(
                    Code.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key was used for another request. Use a new key for each mark that is wanted."));
        }
        return new Outcome(
                kept.content() instanceof Content.Decided decided
                        ? result(decided.match(), decided.decision())
                        : new Result.Refused(((Content.Refused) kept.content()).refusal()),
                Keeping.REPLAYED);
    }

    private Result result(@Nullable Match match, MarkDecision decision) {
        return decision instanceof MarkDecision.Marked marked
                ? new Result.Marked(Objects.requireNonNull(match), marked.mark(), marked.remainingToday())
                : new Result.Refused(
                        MarkRefusals.of(decision, policy.attendance().maxPerDay()));
    }
}
