package dev.rollcall.recognition.accuracy;

import dev.rollcall.engine.match.ImpostorTail;
import java.util.Arrays;

/**
 * The probabilities of tails, each that of a normal distribution like {@link ImpostorTail}, given the most similar pairs of a
 * site. Immutable.
 */
final class TailFit {

    /*
     * Bayes' rule on a grid of normal tails (mean m, deviation d).
     *
     * Before any pair is counted, a tail is described by the similarity at which it has a false match rate of 1e-3, and by d. In
     * five groups of people, of one origin or of several, the former was 0 to 0.16 higher than the built-in tail's, and d was 0.9 to
     * 1.8 times as great (bench/results/verification.md). So the former is expected 0.04 higher, with a deviation of 0.08; log d is
     * expected 0.1 higher, with a deviation of 0.3.
     *
     * Of n pairs those from similarity u on count one by one, the others only as being below u, since the core of the distribution
     * says little about its tail:
     *
     *   log P(pairs | m, d) = Σ over steps [s, s + STEP) from u of count · log (T(s) − T(s + STEP)) + (n − counted) · log (1 − T(u))
     *
     * where T(s) is the tail above s. Pairs that share a person are not independent, and so say less than as many independent
     * ones. The sum is therefore divided by the dispersion of the share of pairs above u (Pauli, Racugno and Ventura, "Bayesian
     * composite marginal likelihoods", Statistica Sinica 2011; the dispersion by the jackknife over people, Arvesen 1969).
     */

    /** How many deviations above the mean a normal distribution has a tail of 1e-3. */
    private static final double REFERENCE = 3.0902;

    private static final double EXPECTED_SHIFT = 0.04;
    private static final double SHIFT_DEVIATION = 0.08;
    private static final double EXPECTED_LOG_RATIO = 0.1;
    private static final double LOG_RATIO_DEVIATION = 0.3;

    private static final int MEANS = 66;
    private static final double LOWEST_MEAN = -0.35;
    private static final double MEAN_STEP = 0.01;
    private static final int DEVIATIONS = 49;
    private static final double LOWEST_LOG_RATIO = -0.7;
    private static final double LOG_RATIO_STEP = 1.6 / (DEVIATIONS - 1);

    private static final int TAILS = MEANS * DEVIATIONS;
    private static final long NUMBER = 0xfff;

    private final double[] means = new double[TAILS];
    private final double[] deviations = new double[TAILS];
    private final double[] weights = new double[TAILS];

    private TailFit(ImpostorTail builtIn) {
        for (int i = 0; i < TAILS; i++) {
            int mean = i / DEVIATIONS;
            means[i] = LOWEST_MEAN + MEAN_STEP * mean;
            deviations[i] = builtIn.deviation() * Math.exp(LOWEST_LOG_RATIO + LOG_RATIO_STEP * (i % DEVIATIONS));
        }
    }

    /**
     * Fits tails to the pairs between two steps.
     *
     * @param from the step from which pairs count one by one
     * @param to the step from which pairs are left out
     */
    static TailFit of(PairCounts counts, ImpostorTail builtIn, int from, int to) {
        TailFit fit = new TailFit(builtIn);
        double dispersion = counts.dispersion(from, to);
        double[] logs = new double[TAILS];
        for (int i = 0; i < TAILS; i++) {
            logs[i] = fit.logPrior(i, builtIn) + fit.logLikelihood(i, counts, from, to) / dispersion;
        }
        double greatest = Arrays.stream(logs).max().orElseThrow();
        double sum = 0;
        for (int i = 0; i < TAILS; i++) {
            fit.weights[i] = Math.exp(logs[i] - greatest);
            sum += fit.weights[i];
        }
        for (int i = 0; i < TAILS; i++) {
            fit.weights[i] /= sum;
        }
        return fit;
    }

    private double logPrior(int i, ImpostorTail builtIn) {
        double shift = means[i] - builtIn.mean() + REFERENCE * (deviations[i] - builtIn.deviation());
        double shiftOff = (shift - EXPECTED_SHIFT) / SHIFT_DEVIATION;
        double ratioOff = (Math.log(deviations[i] / builtIn.deviation()) - EXPECTED_LOG_RATIO) / LOG_RATIO_DEVIATION;
        return -(shiftOff * shiftOff + ratioOff * ratioOff) / 2;
    }

    private double logLikelihood(int i, PairCounts counts, int from, int to) {
        double sum = 0;
        double counted = 0;
        for (int step = from; step < to; step++) {
            double count = counts.at(step);
            if (count > 0) {
                double low = logTail(i, step);
                double high = logTail(i, step + 1);
                sum += count * (low + Math.log(-Math.expm1(high - low)));
                counted += count;
            }
        }
        double below = counts.between(0, to) - counted;
        return below > 0 ? sum + below * Math.log(-Math.expm1(Math.min(-1e-12, logTail(i, from)))) : sum;
    }

    private double logTail(int i, int step) {
        return LogTail.above((step * PairCounts.STEP - means[i]) / deviations[i]);
    }

    /** The probable share of pairs above a step. */
    double mean(int step) {
        double sum = 0;
        for (int i = 0; i < TAILS; i++) {
            sum += weights[i] * Math.exp(logTail(i, step));
        }
        return sum;
    }

    /** The share of pairs above a step: its median, and the bound below which it is with probability 0.95. */
    Rate rate(int step) {
        // A positive double orders as its bits do; the lowest of them are replaced by the number of the tail.
        long[] shares = new long[TAILS];
        for (int i = 0; i < TAILS; i++) {
            shares[i] = (Double.doubleToLongBits(Math.exp(logTail(i, step))) & ~NUMBER) | i;
        }
        Arrays.sort(shares);
        return new Rate(quantile(shares, 0.5), quantile(shares, 0.95));
    }

    private double quantile(long[] shares, double probability) {
        double sum = 0;
        int i = -1;
        while (sum < probability && i < TAILS - 1) {
            i++;
            sum += weights[(int) (shares[i] & NUMBER)];
        }
        return Double.longBitsToDouble(shares[i] & ~NUMBER);
    }

    /** The tail with the probable mean and deviation. */
    ImpostorTail tail() {
        double mean = 0;
        double deviation = 0;
        for (int i = 0; i < TAILS; i++) {
            mean += weights[i] * means[i];
            deviation += weights[i] * deviations[i];
        }
        return new ImpostorTail(mean, deviation);
    }
}
