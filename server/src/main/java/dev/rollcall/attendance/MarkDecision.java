package dev.rollcall.attendance;

import java.time.Instant;
import java.util.List;

/** The rules' decision about a mark. */
public sealed interface MarkDecision {

    /**
     * The mark was written.
     *
     * @param remainingToday number of further marks that the limit allows the person on this work date
     */
    record Marked(Mark mark, int remainingToday) implements MarkDecision {}

    /**
     * The person has all the marks that a work date allows.
     *
     * @param maxPerDay how many these are
     * @param marks the latest marks of that work date, at most ten, in the order in which they were written
     */
    record DailyLimitReached(int maxPerDay, List<Mark> marks) implements MarkDecision {}

    /**
     * The minimum time since the last mark has not passed.
     *
     * @param nextAllowedAt from when a mark is possible again
     * @param last the mark that is too near; of a late mark, it may be one after it
     */
    record TooSoon(Instant nextAllowedAt, Mark last) implements MarkDecision {}

    /** The person was erased, deactivated or bound to another site meanwhile. */
    record UnknownPerson() implements MarkDecision {}

    /** The key of the request was revoked meanwhile. */
    record RevokedKey() implements MarkDecision {}
}
