package dev.rollcall.recognition;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.util.Set;

/** The result of a marking request, and whether it is a kept answer. */
record Outcome(RecognizePerson.Result result, Keeping keeping) {

    private static final Set<Code> FAILED_ATTEMPTS = Set.of(Code.NOT_MATCHED, Code.SPOOF_SUSPECTED, Code.BADGE_INVALID);

    /** What is known of a result under an idempotency key. */
    enum Keeping {
        /** It was not kept. */
        NOT_KEPT,
        /** It was kept by this request, with the decision on its mark. */
        KEPT,
        /** It is the answer that an earlier request of the same content has kept. */
        REPLAYED
    }

    static Outcome refused(Refusal refusal) {
        return new Outcome(new RecognizePerson.Result.Refused(refusal), Keeping.NOT_KEPT);
    }

    boolean replayed() {
        return keeping == Keeping.REPLAYED;
    }

    /** Whether the attempt counts against the limit: no match, a failed liveness check, or a badge that isn't valid. */
    boolean isFailedAttempt() {
        return !replayed()
                && result instanceof RecognizePerson.Result.Refused refused
                && FAILED_ATTEMPTS.contains(refused.refusal().code());
    }
}
