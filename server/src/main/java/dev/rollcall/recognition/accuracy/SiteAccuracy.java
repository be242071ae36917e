package dev.rollcall.recognition.accuracy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of a site's accuracy.
 *
 * @param site its id
 * @param target the false match rate that is to be kept
 * @param inUse the threshold in use, as a row of the table
 * @param table the thresholds 0.80 to 0.99
 * @param estimate what the false match rates rest on
 * @param marks what the refused marks rest on
 * @param at when the false match rates were estimated
 */
public record SiteAccuracy(
        String site, double target, Row inUse, List<Row> table, SiteEstimate estimate, OwnMarks marks, Instant at) {

    /** The thresholds of the table: 0.80, 0.81, … 0.99. */
    static final List<Double> CONFIDENCES = confidences();

    public SiteAccuracy {
        table = List.copyOf(table);
    }

    /**
     * What a threshold does.
     *
     * @param confidence the threshold
     * @param similarity the same threshold as a similarity
     * @param falseMatches the false match rate of an attempt with the greatest number of images
     * @param marksBelow marks that it would have refused
     * @param peopleBelow people whose median mark it would have refused
     */
    public record Row(double confidence, double similarity, Rate falseMatches, long marksBelow, int peopleBelow) {}

    private static List<Double> confidences() {
        List<Double> all = new ArrayList<>();
        for (int percent = 80; percent <= 99; percent++) {
            all.add(percent / 100.0);
        }
        return List.copyOf(all);
    }

    /** Whether the estimate has too few people to decide by it. */
    public boolean hasTooFewData() {
        return !estimate.isEnough();
    }

    /** Whether the threshold in use keeps the target, by the upper bound of its rate. */
    public boolean keepsTarget() {
        return inUse.falseMatches().upper() <= target;
    }

    /** The lowest threshold of the table that keeps a rate, by its upper bound; empty if none does. */
    public OptionalDouble lowestThatKeeps(double rate) {
        return table.stream()
                .filter(row -> row.falseMatches().upper() <= rate)
                .mapToDouble(Row::confidence)
                .findFirst();
    }

    /** The threshold to recommend: the lowest one that keeps the target; empty with too few data, or if none does. */
    public OptionalDouble recommended() {
        return hasTooFewData() ? OptionalDouble.empty() : lowestThatKeeps(target);
    }

    /** The row of a threshold of the table. */
    Optional<Row> row(double confidence) {
        return table.stream()
                .filter(row -> Math.abs(row.confidence() - confidence) < 1e-9)
                .findFirst();
    }
}
