package dev.rollcall.recognition.accuracy;

import java.time.Instant;
import java.util.List;

/**
 * The marks that a site accepted from its own people, and how many of them other thresholds would have refused. Marks that
 * were refused at the time are not among them.
 *
 * @param marks the number of marks
 * @param people the number of people who made them
 * @param since the time of the earliest, or before it
 * @param below for each threshold that was asked for, in their order
 */
public record OwnMarks(long marks, int people, Instant since, List<Below> below) {

    public OwnMarks {
        below = List.copyOf(below);
    }

    /**
     * What lies below a threshold.
     *
     * @param marks marks that it would have refused
     * @param people people whose median mark it would have refused: they would need several tries as a rule
     */
    public record Below(long marks, int people) {}
}
