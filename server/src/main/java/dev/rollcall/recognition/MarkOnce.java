package dev.rollcall.recognition;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.Circumstances;
import dev.rollcall.attendance.AttendanceStore.Evidence;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Once;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Others;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.MarkConditions;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.engine.Liveness;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.KeptAnswer.Content;
import dev.rollcall.recognition.Outcome.Keeping;
import dev.rollcall.recognition.RecognizePerson.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The marks of recognised people: writes each once under its idempotency key, and keeps refusals for repeated requests. Safe
 * for use by several threads.
 */
final class MarkOnce {

    private final AttendanceStore attendance;
    private final AnswerStore answers;
    private final AttendancePolicies policies;
    private final Clock clock;
    private final KeysInProgress keysInProgress = new KeysInProgress();

    MarkOnce(AttendanceStore attendance, AnswerStore answers, AttendancePolicies policies, Clock clock) {
        this.attendance = attendance;
        this.answers = answers;
        this.policies = policies;
        this.clock = clock;
    }

    /** Where and under which key a mark is to be written, and what the request says about it. */
    record Wanted(String site, MarkDetails details, Optional<Attempt> attempt) {}

    /** Runs work; under a key that is in progress in another thread it waits for the end of that first. */
    <T> T runAfterFirst(Attempt attempt, Supplier<T> work) {
        return keysInProgress.runAfterFirst(attempt.key(), work);
    }

    /** The kept answer of an attempt. */
    Optional<Outcome> replay(Attempt attempt, String site) {
        return answers.find(attempt.key(), clock.instant()).map(kept -> repeated(kept, attempt, site));
    }

    /**
     * Writes a mark, if the rules permit it. They are applied here, after the face: so the log says who was refused.
     *
     * @param basis the person, and what the mark rests on
     */
    Outcome mark(MarkBasis basis, Wanted wanted, Caller caller) {
        AttendancePolicy policy = policies.at(wanted.site());
        MarkDetails details = wanted.details();
        Instant now = clock.instant();
        Optional<Refusal> refused = policy.conditions().refusal(details, now);
        if (refused.isPresent()) {
            return Outcome.refused(refused.get());
        }
        Optional<Attempt> attempt = wanted.attempt();
        Instant expiresAt = now.plus(lifetime(policy.conditions()));
        MarkRequest request = new MarkRequest(
                basis.userId(),
                details.countsAt(now),
                new Origin(wanted.site(), caller.keyId(), source(basis, details)),
                basis instanceof Match match ? evidence(match) : null,
                details.direction(),
                attempt.map(under -> new Once(under.key(), under.fingerprint(), expiresAt, answers.text(basis)))
                        .orElse(null),
                new Circumstances(
                        details.isLate() ? now : null, policy.conditions().geofence() != null));
        return attendance.mark(request, policy) instanceof Marking.Decided decided
                ? new Outcome(result(basis, decided.decision(), wanted.site()), Keeping.KEPT)
                : repeated(keptUnder(attempt.orElseThrow(), now), attempt.orElseThrow(), wanted.site());
    }

    private static Source source(MarkBasis basis, MarkDetails details) {
        if (basis instanceof PinMatch) {
            return Source.PIN;
        }
        return details.isLate() ? Source.LATE : Source.DEVICE;
    }

    /** How long an answer is kept: until a repetition would be too late as a late mark, since the device may be cut off until then. */
    private static Duration lifetime(MarkConditions conditions) {
        return conditions.lateLimit().compareTo(KeptAnswer.LIFETIME) > 0 ? conditions.lateLimit() : KeptAnswer.LIFETIME;
    }

    private KeptAnswer keptUnder(Attempt attempt, Instant now) {
        return answers.find(attempt.key(), now)
                .orElseThrow(
                        () -> new StoreUnavailableException("the answer of this key has just expired", true, null));
    }

    private static Evidence evidence(Match match) {
        Liveness liveness = match.liveness();
        Rival rival = match.rival();
        Boolean lookAlike = match.lookAlike();
        Others others = lookAlike == null
                ? null
                : new Others(
                        rival == null ? null : rival.confidence(),
                        rival == null ? null : rival.similarity(),
                        lookAlike);
        return new Evidence(match.confidence(), match.similarity(), liveness == null ? null : liveness.score(), others);
    }

    /**
     * Keeps a refusal under its key, unless another request has kept an answer first; returns that one then.
     *
     * @param userId the person concerned, or null where nobody was identified
     */
    Outcome keptIfRefused(Outcome outcome, Optional<Attempt> attempt, @Nullable UserId userId, String site) {
        return attempt.isPresent()
                        && outcome.keeping() == Keeping.NOT_KEPT
                        && outcome.result() instanceof Result.Refused refused
                        && isKept(refused.refusal())
                ? kept(attempt.get(), userId, refused, site)
                : outcome;
    }

    private Outcome kept(Attempt attempt, @Nullable UserId userId, Result.Refused refused, String site) {
        AnswerStore.Keeping written = answers.keep(attempt, userId, refused.refusal(), clock.instant());
        return written.repeated() ? repeated(written.kept(), attempt, site) : new Outcome(refused, Keeping.KEPT);
    }

    /** Whether a refusal is kept, so that a repetition gets it again. It doesn't where the repetition may fare better. */
    private static boolean isKept(Refusal refusal) {
        return switch (refusal.code()) {
            case IDEMPOTENCY_KEY_REUSED, OVERLOADED, GALLERY_LOADING, RATE_LIMITED, OUTSIDE_SITE, INVALID_REQUEST ->
                false;
            case CHALLENGE_REQUIRED, CHALLENGE_EXPIRED, BADGE_REQUIRED, NUMBER_REQUIRED, PIN_NOT_ALLOWED -> false;
            default -> true;
        };
    }

    private Outcome repeated(KeptAnswer kept, Attempt attempt, String site) {
        if (!kept.fingerprint().equals(attempt.fingerprint())) {
            return Outcome.refused(new Refusal(
                    Code.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key was used for another request. Use a new key for each mark that is wanted."));
        }
        return new Outcome(
                kept.content() instanceof Content.Decided decided
                        ? result(decided.basis(), decided.decision(), site)
                        : new Result.Refused(((Content.Refused) kept.content()).refusal()),
                Keeping.REPLAYED);
    }

    private Result result(@Nullable MarkBasis basis, MarkDecision decision, String site) {
        return decision instanceof MarkDecision.Marked marked
                ? new Result.Marked(Objects.requireNonNull(basis), marked.mark(), marked.remainingToday())
                : new Result.Refused(MarkRefusals.of(decision, policies.at(site).zone()));
    }
}
