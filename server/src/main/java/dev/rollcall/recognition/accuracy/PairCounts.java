package dev.rollcall.recognition.accuracy;

import java.util.Arrays;

/**
 * Pairs of different people, counted by similarity in steps of {@link #STEP}. A pair of people counts one, whatever the number
 * of their templates, spread over its comparisons: each template of one with all templates of the other, of which the most similar
 * one decides, as in a verification.
 */
final class PairCounts {

    /** Width of a step of similarity. */
    static final double STEP = 0.0025;

    /** The number of steps from 0 to 1; lower similarities count in the first one. */
    static final int STEPS = (int) Math.round(1 / STEP);

    /**
     * Most groups of people. Leaving out one group after the other shows how much the counts depend on who is enrolled (the
     * jackknife); 64 give that deviation to about a tenth.
     */
    private static final int MOST_GROUPS = 64;

    private final int people;
    private final int groups;
    private final double[] counts = new double[STEPS];
    private final double[][] countsOfGroup;
    private final double[] pairsOfGroup;
    private double pairs;

    /** Counts for so many people. */
    PairCounts(int people) {
        this.people = people;
        groups = Math.max(1, Math.min(MOST_GROUPS, people));
        countsOfGroup = new double[groups][STEPS];
        pairsOfGroup = new double[groups];
    }

    /** Counts all pairs of a sample, except declared look-alikes. */
    static PairCounts of(GallerySample sample, Pace pace) throws InterruptedException {
        PairCounts counts = new PairCounts(sample.people());
        float[] best = new float[sample.templates()];
        float[] similarities = new float[sample.templates()];
        for (int person = 0; person < sample.people() - 1; person++) {
            counts.addPairsOf(person, sample, best, similarities, pace);
        }
        return counts;
    }

    /** Counts the pairs of a person and all later ones. */
    private void addPairsOf(int person, GallerySample sample, float[] best, float[] similarities, Pace pace)
            throws InterruptedException {
        int after = sample.firstTemplate(person + 1);
        Arrays.fill(best, -1);
        for (int template = sample.firstTemplate(person); template < after; template++) {
            sample.compare(template, after, similarities);
            for (int other = person + 1; other < sample.people(); other++) {
                float most = -1;
                for (int i = sample.firstTemplate(other); i < sample.firstTemplate(other + 1); i++) {
                    most = Math.max(most, similarities[i]);
                    best[i] = Math.max(best[i], similarities[i]);
                }
                addUnlessAlike(person, other, sample, most);
            }
            pace.rest();
        }
        for (int other = person + 1; other < sample.people(); other++) {
            for (int i = sample.firstTemplate(other); i < sample.firstTemplate(other + 1); i++) {
                addUnlessAlike(person, other, sample, best[i]);
            }
        }
    }

    private void addUnlessAlike(int one, int other, GallerySample sample, double similarity) {
        if (!sample.areLookAlikes(one, other)) {
            int comparisons = sample.firstTemplate(one + 1)
                    - sample.firstTemplate(one)
                    + sample.firstTemplate(other + 1)
                    - sample.firstTemplate(other);
            add(one, other, similarity, 1.0 / comparisons);
        }
    }

    /** Counts a comparison of two people. */
    void add(int one, int other, double similarity, double weight) {
        int step = step(similarity);
        counts[step] += weight;
        pairs += weight;
        int group = one % groups;
        countsOfGroup[group][step] += weight;
        pairsOfGroup[group] += weight;
        if (other % groups != group) {
            countsOfGroup[other % groups][step] += weight;
            pairsOfGroup[other % groups] += weight;
        }
    }

    static int step(double similarity) {
        return Math.max(0, Math.min(STEPS - 1, (int) Math.floor(similarity / STEP + 1e-6)));
    }

    int people() {
        return people;
    }

    double pairs() {
        return pairs;
    }

    /** The pairs in a step. */
    double at(int step) {
        return counts[step];
    }

    /** The pairs from a step up to another one, excluded. */
    double between(int from, int to) {
        return sum(counts, from, to);
    }

    /**
     * How many times greater the variance of the share of pairs between two steps is than if pairs were independent; at least 1.
     * They are not: a person who resembles many is in many pairs.
     */
    double dispersion(int from, int to) {
        double count = between(from, to);
        double share = count / pairs;
        if (groups < 3 || !(share > 0 && share < 1)) {
            return 1;
        }
        double[] without = new double[groups];
        double mean = 0;
        for (int group = 0; group < groups; group++) {
            double left = pairs - pairsOfGroup[group];
            without[group] = left > 0 ? (count - sum(countsOfGroup[group], from, to)) / left : share;
            mean += without[group] / groups;
        }
        double squares = 0;
        for (double value : without) {
            squares += (value - mean) * (value - mean);
        }
        double variance = squares * (groups - 1) / groups;
        return Math.max(1, variance / (share * (1 - share) / pairs));
    }

    private static double sum(double[] counts, int from, int to) {
        double sum = 0;
        for (int step = from; step < to; step++) {
            sum += counts[step];
        }
        return sum;
    }
}
