package dev.rollcall.usecase;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.match.Templates;
import dev.rollcall.people.Person;
import dev.rollcall.people.UserId;
import dev.rollcall.usecase.AttendanceStore.MarkRequest;
import dev.rollcall.usecase.AttendanceStore.Marking;
import dev.rollcall.usecase.KeptAnswer.Attempt;
import dev.rollcall.usecase.KeptAnswer.Content;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Verifies that a picture shows a person and writes the attendance mark. Safe for use by several threads. */
public final class RecognizePerson {

    private final AnalysisPool pool;
    private final Stores stores;
    private final Recognizer recognizer;
    private final Policy policy;
    private final Clock clock;

    public RecognizePerson(AnalysisPool pool, Stores stores, Recognizer recognizer, Policy policy, Clock clock) {
        this.pool = pool;
        this.stores = stores;
        this.recognizer = recognizer;
        this.policy = policy;
        this.clock = clock;
    }

    /** The stores that recognition reads and writes. */
    public record Stores(PeopleStore people, AttendanceStore attendance, AnswerStore answers, RefusalLog refusals) {}

    /**
     * The rules of recognition.
     *
     * @param rules what the picture must fulfil
     * @param threshold least confidence of a match, 0…1
     * @param attendance the site's rules for marks
     */
    public record Policy(AnalysisRules rules, double threshold, AttendancePolicy attendance) {}

    /** What became of a request to recognise. */
    public sealed interface Result {

        /** The person was recognised and the mark written. */
        record Marked(Match match, Mark mark, int remainingToday) implements Result {}

        /** Nothing was written. */
        record Refused(Refusal refusal) implements Result {}
    }

    /**
     * A request to recognise.
     *
     * @param attempt the key under which it is made; the same request under the same key is answered the same, without
     *     a second mark, for as long as answers are kept. That the service is overloaded is not an answer to keep.
     */
    public record Request(UserId userId, Optional<Attempt> attempt) {}

    /** Verifies and marks; a refusal is noted in the audit log. */
    public Result recognize(Request request, byte[] picture, Caller caller) {
        Result result = request.attempt().isEmpty()
                ? recognizeOnce(request, picture)
                : recognizeUnder(request.attempt().get(), request, picture);
        if (result instanceof Result.Refused refused) {
            stores.refusals().recognition(request.userId(), refused.refusal(), caller);
        }
        return result;
    }

    private Result recognizeUnder(Attempt attempt, Request request, byte[] picture) {
        Optional<KeptAnswer> kept = stores.answers().find(attempt.key(), clock.instant());
        if (kept.isPresent()) {
            return repeated(kept.get(), attempt);
        }
        Result result = recognizeOnce(request, picture);
        if (result instanceof Result.Refused refused && isToBeKept(refused.refusal())) {
            return repeated(
                    stores.answers().keep(attempt, request.userId(), refused.refusal(), clock.instant()), attempt);
        }
        return result;
    }

    /** What the rules refuse is kept together with their decision; being overloaded is no answer to keep. */
    private static boolean isToBeKept(Refusal refusal) {
        return switch (refusal.code()) {
            case DAILY_LIMIT_REACHED, TOO_SOON, IDEMPOTENCY_KEY_REUSED, OVERLOADED -> false;
            default -> true;
        };
    }

    /** The person is looked up while the picture is analysed. */
    private Result recognizeOnce(Request request, byte[] picture) {
        Optional<AnalysisPool.Pending> begun = pool.begin(picture, policy.rules());
        if (begun.isEmpty()) {
            return new Result.Refused(FaceFinding.OVERLOADED);
        }
        try (AnalysisPool.Pending analysis = begun.get()) {
            Optional<Person> person = stores.people()
                    .find(request.userId(), recognizer.modelId())
                    .filter(found -> !found.templates().isEmpty());
            return person.isEmpty()
                    ? new Result.Refused(notEnrolled())
                    : verified(request, person.get(), FaceFinding.of(analysis));
        }
    }

    private Result verified(Request request, Person person, FaceFinding finding) {
        if (finding instanceof FaceFinding.Refused refused) {
            return new Result.Refused(refused.refusal());
        }
        Match match = compare(person, ((FaceFinding.Found) finding).face());
        if (match.confidence() < match.threshold()) {
            return new Result.Refused(new Refusal(
                    Code.NOT_MATCHED,
                    "The face does not match this person.",
                    Map.of("confidence", match.confidence(), "threshold", match.threshold())));
        }
        return mark(match, request.attempt());
    }

    private Match compare(Person person, Face face) {
        double similarity = Templates.bestSimilarity(face.embedding(), person.templates())
                .orElseThrow(() -> new IllegalStateException("a person without templates was compared"));
        return new Match(
                person.userId(),
                person.name(),
                recognizer.calibration().confidence(similarity),
                similarity,
                policy.threshold(),
                face.liveness());
    }

    private Result mark(Match match, Optional<Attempt> attempt) {
        Marking marking = stores.attendance()
                .mark(new MarkRequest(match, clock.instant(), attempt.orElse(null)), policy.attendance());
        if (marking instanceof Marking.Repeated repeated) {
            return repeated(repeated.kept(), attempt.orElseThrow());
        }
        return result(match, ((Marking.Decided) marking).decision());
    }

    private Result repeated(KeptAnswer kept, Attempt attempt) {
        if (!kept.fingerprint().equals(attempt.fingerprint())) {
            return new Result.Refused(new Refusal(
                    Code.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key was used for another request. Use a new key for each mark that is wanted."));
        }
        if (kept.content() instanceof Content.Refused refused) {
            return new Result.Refused(refused.refusal());
        }
        Content.Decided decided = (Content.Decided) kept.content();
        return decided.decision() instanceof MarkDecision.Marked marked
                ? new Result.Marked(Objects.requireNonNull(decided.match()), marked.mark(), marked.remainingToday())
                : new Result.Refused(refusal(decided.decision()));
    }

    private Result result(Match match, MarkDecision decision) {
        return decision instanceof MarkDecision.Marked marked
                ? new Result.Marked(match, marked.mark(), marked.remainingToday())
                : new Result.Refused(refusal(decision));
    }

    private Refusal refusal(MarkDecision decision) {
        if (decision instanceof MarkDecision.DailyLimitReached limit) {
            return new Refusal(
                    Code.DAILY_LIMIT_REACHED,
                    "All marks of this day are made.",
                    Map.of(
                            "max_per_day",
                            policy.attendance().maxPerDay(),
                            "marks",
                            limit.marks().stream().map(RecognizePerson::facts).toList()));
        }
        if (decision instanceof MarkDecision.TooSoon tooSoon) {
            return new Refusal(
                    Code.TOO_SOON,
                    "The last mark was a moment ago.",
                    Map.of("next_allowed_at", tooSoon.nextAllowedAt().toString()));
        }
        return notEnrolled();
    }

    private static Map<String, Object> facts(Mark mark) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", mark.id());
        facts.put("marked_at", mark.markedAt().toString());
        facts.put("number", mark.number());
        facts.put("direction", mark.direction().name().toLowerCase(Locale.ROOT));
        return facts;
    }

    private static Refusal notEnrolled() {
        return new Refusal(Code.NOT_ENROLLED, "Nobody is enrolled under this user_id.");
    }
}
