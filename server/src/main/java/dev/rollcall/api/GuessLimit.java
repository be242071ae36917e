package dev.rollcall.api;

import dev.rollcall.people.UserId;
import dev.rollcall.security.RateLimits;
import dev.rollcall.usecase.Caller;
import dev.rollcall.usecase.Code;
import dev.rollcall.usecase.RecognizePerson.Result;
import dev.rollcall.usecase.Refusal;
import dev.rollcall.usecase.RefusalLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Bounds how often somebody may try to pass for a person. Each attempt counts before it is made, so that many at once
 * don't slip through, and is taken back unless it showed another face or none that lives.
 */
@ApplicationScoped
class GuessLimit {

    private final RateLimits limits;
    private final RefusalLog refusals;

    @Inject
    GuessLimit(RateLimits limits, RefusalLog refusals) {
        this.limits = limits;
        this.refusals = refusals;
    }

    /** The attempt's result, or a refusal in its place; of those, one a minute is noted for each person. */
    Result limited(UserId userId, Caller caller, Supplier<Result> attempt) {
        Optional<Refusal> tooMany = limits.attempt(userId);
        if (tooMany.isPresent()) {
            if (limits.isNews(userId)) {
                refusals.recognition(userId, tooMany.get(), caller);
            }
            return new Result.Refused(tooMany.get());
        }
        boolean guess = false;
        try {
            Result result = attempt.get();
            guess = isGuess(result);
            return result;
        } finally {
            if (!guess) {
                limits.noGuess(userId);
            }
        }
    }

    private static boolean isGuess(Result result) {
        return result instanceof Result.Refused refused
                && (refused.refusal().code() == Code.NOT_MATCHED
                        || refused.refusal().code() == Code.SPOOF_SUSPECTED);
    }
}
