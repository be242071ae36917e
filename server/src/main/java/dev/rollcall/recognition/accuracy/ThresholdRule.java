package dev.rollcall.recognition.accuracy;

import dev.rollcall.recognition.accuracy.SiteAccuracy.Row;
import java.time.Duration;

/** The rule by which an automatic threshold moves: a pure function of what is known of a site. */
final class ThresholdRule {

    /** The threshold before it has moved, and the lowest one: the default of CONFIDENCE_THRESHOLD. */
    static final double LOWEST = 0.80;

    /**
     * The highest threshold that is chosen automatically, so that no gallery, however strange, makes a site refuse everybody: a
     * similarity of 0.595, which all but 0.2 % of a webcam's frames reach (bench/results/verification.md).
     */
    static final double HIGHEST = 0.95;

    /** Least time between two moves of one site. */
    static final Duration PAUSE = Duration.ofHours(24);

    /** How far a move goes. */
    static final double LARGEST_RISE = 0.02;

    static final double LARGEST_FALL = 0.01;

    /** A threshold falls only to where it keeps this part of the target, so that small changes don't move it up and down. */
    static final double RESERVE = 0.7;

    /** A threshold doesn't rise where it would have refused more of the site's marks than this. */
    static final double MARKS_REFUSED = 0.02;

    /** Nor where it would have refused the median mark of more of its people than this. */
    static final double PEOPLE_REFUSED = 0.01;

    /** Fewer marks don't hold a threshold back. */
    static final int LEAST_MARKS = 50;

    private static final double EQUAL = 1e-9;

    private ThresholdRule() {}

    /** Why a threshold is what the rule says. */
    enum Reason {
        /** It keeps the target, and no lower one does with a reserve. */
        STAYS,
        /** It doesn't keep the target. */
        RISES,
        /** A lower one keeps the target with a reserve. */
        FALLS,
        /** The estimate has too few people. */
        TOO_FEW_DATA,
        /** It doesn't keep the target, but a higher one would refuse too many of the site's own people. */
        HELD_BY_OWN_MARKS,
        /** It doesn't keep the target, but is the highest one that is chosen automatically. */
        HIGHEST_REACHED
    }

    /** The next threshold, and why; the same as before unless it rises or falls. */
    record Decision(double threshold, Reason reason) {}

    /** Decides from the threshold in use and the table of the site. */
    static Decision next(SiteAccuracy site) {
        double now = site.inUse().confidence();
        if (site.hasTooFewData()) {
            return new Decision(now, Reason.TOO_FEW_DATA);
        }
        if (site.keepsTarget()) {
            double reserve = site.lowestThatKeeps(site.target() * RESERVE).orElse(HIGHEST);
            double lower = hundredth(Math.max(now - LARGEST_FALL, LOWEST));
            return now - LARGEST_FALL > LOWEST - EQUAL && reserve <= lower + EQUAL
                    ? new Decision(lower, Reason.FALLS)
                    : new Decision(now, Reason.STAYS);
        }
        if (now >= HIGHEST - EQUAL) {
            return new Decision(now, Reason.HIGHEST_REACHED);
        }
        return rise(site, now);
    }

    private static Decision rise(SiteAccuracy site, double now) {
        double wanted = site.lowestThatKeeps(site.target()).orElse(HIGHEST);
        double most = Math.min(Math.min(wanted, HIGHEST), now + LARGEST_RISE) + EQUAL;
        double reached = site.table().stream()
                .filter(row -> row.confidence() > now + EQUAL && row.confidence() <= most)
                .takeWhile(row -> acceptsOwnPeople(row, site.marks()))
                .mapToDouble(Row::confidence)
                .max()
                .orElse(now);
        return reached > now
                ? new Decision(hundredth(reached), Reason.RISES)
                : new Decision(now, Reason.HELD_BY_OWN_MARKS);
    }

    private static boolean acceptsOwnPeople(Row row, OwnMarks marks) {
        return marks.marks() < LEAST_MARKS
                || (row.marksBelow() <= MARKS_REFUSED * marks.marks()
                        && row.peopleBelow() <= PEOPLE_REFUSED * marks.people());
    }

    private static double hundredth(double confidence) {
        return Math.round(confidence * 100) / 100.0;
    }
}
