package dev.rollcall.http.access;

import dev.rollcall.audit.RefusalLog;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.AttemptLimit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** The limit of this instance on attempts at a person. The audit log gets one of its refusals a minute for each person. */
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
        if (tooMany.isPresent() && limits.isFirstRefusal(userId)) {
            refusals.recognition(userId, tooMany.get(), caller);
        }
        return tooMany;
    }

    @Override
    public Optional<Refusal> countUnreadableBadge(Caller caller) {
        return limits.unreadableBadge(caller.keyId());
    }

    @Override
    public void refund(UserId userId) {
        limits.refund(userId);
    }
}
