package dev.rollcall.attendance;

import java.time.Instant;
import java.util.List;

/** What the rules said to a mark. */
public sealed interface MarkDecision {

    /**
     * The mark was written.
     *
     * @param remainingToday how many more this person may make on this work date
     */
    record Marked(Mark mark, int remainingToday) implements MarkDecision {}

    /**
     * The person has all the marks that a work date allows.
     *
     * @param marks the latest marks of that work date, at most ten, in the order in which they were made
     */
    record DailyLimitReached(List<Mark> marks) implements MarkDecision {}

    /**
     * The last mark was too short a time ago.
     *
     * @param nextAllowedAt from when a mark is possible again
     */
    record TooSoon(Instant nextAllowedAt) implements MarkDecision {}

    /** There is no such person any more. */
    record UnknownPerson() implements MarkDecision {}
}
