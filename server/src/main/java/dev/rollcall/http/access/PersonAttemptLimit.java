package dev.rollcall.http.access;

import dev.rollcall.audit.RefusalLog;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.AttemptLimit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** The limit of attempts at a person, of this instance. Of its refusals, one a minute is noted for each person. */
@ApplicationScoped
class PersonAttemptLimit implements AttemptLimit {

    private final RateLimits limits;
    private final RefusalLog refusals;

    @Inject
    PersonAttemptLimit(RateLimits limits, RefusalLog refusals) {
        this.limits = limits;
        this.refusals = refusals;
    }

    @Override
    public Optional<Refusal> count(UserId userId, Caller caller) {
        Optional<Refusal> tooMany = limits.attempt(userId);
        if (tooMany.isPresent() && limits.isNews(userId)) {
            refusals.recognition(userId, tooMany.get(), caller);
        }
        return tooMany;
    }

    @Override
    public void takeBack(UserId userId) {
        limits.noGuess(userId);
    }
}
