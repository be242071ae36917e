package dev.rollcall.recognition;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import java.util.Optional;

/** A limit on attempts to be recognised as a person. Implementations are safe for use by several threads. */
public interface AttemptLimit {

    /** Counts an attempt, before it is made; returns a refusal, and counts nothing, when there were too many. */
    Optional<Refusal> count(UserId userId, Caller caller);

    /** Counts a badge that can't be read, so that nobody knows whose it was to be; returns a refusal when the key has shown too many. */
    Optional<Refusal> countUnreadableBadge(Caller caller);

    /** Takes back the count of an attempt that didn't show another person's face or a badge that isn't valid. */
    void refund(UserId userId);
}
