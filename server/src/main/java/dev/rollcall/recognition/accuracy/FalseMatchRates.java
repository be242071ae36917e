package dev.rollcall.recognition.accuracy;

import dev.rollcall.engine.match.ImpostorTail;

/** The estimated false match rates of a site by similarity. Immutable. */
public final class FalseMatchRates {

    /*
     * The tail is fitted to the most similar hundredth of the pairs, or to the 25 most similar ones if these are more, but at
     * most to a twentieth: the core of the distribution is narrower than its tail would need it to be.
     *
     * A pair may be one person with two ids, or twins. Such a pair says nothing about the others. It is set aside if it is as
     * similar as pictures of one person are, and the tail expects less than 0.05 such pairs at that similarity among all pairs of
     * the site (a bound for the most extreme of n values as in Chauvenet's criterion, but ten times as strict). Where nevertheless
     * more pairs are left than the tail's upper bound, the rate is what was counted.
     */

    private static final double FITTED_SHARE = 0.01;
    private static final double LARGEST_SHARE = 0.05;
    private static final double FITTED_PAIRS = 25;

    /** Below it the core of the distribution begins, whatever the share. */
    private static final double LOWEST_FITTED = 0.15;

    /** Of one person's pictures before a site's own camera 0.2 % at most are less similar (bench/results/verification.md). */
    private static final double LIKE_ONE_PERSON = 0.6;

    private static final double EXPECTED_AT_MOST = 0.05;

    /** Fewer pairs say less than the tail. */
    private static final double LEAST_COUNTED = 3;

    private static final double STANDARD_DEVIATIONS = 1.645;

    private final Rate[] rates = new Rate[PairCounts.STEPS];
    private final ImpostorTail tail;
    private final double setAside;

    private FalseMatchRates(PairCounts counts, TailFit fit, int from, int to, Pace pace) throws InterruptedException {
        tail = fit.tail();
        setAside = counts.between(to, PairCounts.STEPS);
        double dispersion = counts.dispersion(from, to);
        Rate higher = new Rate(0, 0);
        for (int step = PairCounts.STEPS - 1; step >= 0; step--) {
            Rate rate = counted(fit.rate(step), counts.between(step, Math.max(step, to)), counts.pairs(), dispersion);
            higher = new Rate(Math.max(higher.value(), rate.value()), Math.max(higher.upper(), rate.upper()));
            rates[step] = higher;
            pace.rest();
        }
    }

    /** Estimates the rates of a site from its pairs; without any, the built-in tail with its uncertainty. */
    static FalseMatchRates of(PairCounts counts, ImpostorTail builtIn, Pace pace) throws InterruptedException {
        int from = firstFitted(counts);
        TailFit fit = TailFit.of(counts, builtIn, from, PairCounts.STEPS);
        int to = firstSetAside(counts, fit);
        if (counts.between(to, PairCounts.STEPS) > 0) {
            fit = TailFit.of(counts, builtIn, from, to);
        }
        return new FalseMatchRates(counts, fit, from, to, pace);
    }

    private static int firstFitted(PairCounts counts) {
        double wanted = Math.min(
                Math.max(FITTED_SHARE * counts.pairs(), FITTED_PAIRS), Math.max(1, LARGEST_SHARE * counts.pairs()));
        int lowest = PairCounts.step(LOWEST_FITTED);
        int step = PairCounts.STEPS;
        double above = 0;
        while (step > lowest && above < wanted) {
            step--;
            above += counts.at(step);
        }
        return step;
    }

    private static int firstSetAside(PairCounts counts, TailFit fit) {
        int step = PairCounts.step(LIKE_ONE_PERSON);
        while (step < PairCounts.STEPS && fit.mean(step) * counts.pairs() > EXPECTED_AT_MOST) {
            step++;
        }
        return step;
    }

    /** The rate of the tail, or what was counted if that is more than the tail allows. */
    private static Rate counted(Rate byTail, double count, double pairs, double dispersion) {
        if (count < LEAST_COUNTED || count / pairs <= byTail.upper()) {
            return byTail;
        }
        return new Rate(count / pairs, Math.min(1, poissonUpper(count / dispersion) * dispersion / pairs));
    }

    /** The mean of a Poisson distribution that exceeds a count with probability 0.95 (Wilson and Hilferty 1931). */
    private static double poissonUpper(double count) {
        double next = count + 1;
        double root = 1 - 1 / (9 * next) + STANDARD_DEVIATIONS / (3 * Math.sqrt(next));
        return next * root * root * root;
    }

    /** The false match rate of a threshold, at most {@link PairCounts#STEP} below the given one. */
    public Rate at(double similarity) {
        return rates[PairCounts.step(similarity)];
    }

    /** The fitted tail, for rates that are extrapolated. */
    public ImpostorTail tail() {
        return tail;
    }

    /** How many pairs were set aside, since they are probably one person each. */
    public double setAside() {
        return setAside;
    }
}
