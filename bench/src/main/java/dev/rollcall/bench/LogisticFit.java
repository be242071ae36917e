package dev.rollcall.bench;

import dev.rollcall.engine.match.Calibration;

/**
 * Fits a logistic curve to genuine and impostor pairs by maximum likelihood (Newton's method).
 */
final class LogisticFit {

    private static final int MAX_STEPS = 100;
    private static final double PRECISION = 1e-9;

    private LogisticFit() {}

    /**
     * Fits a curve.
     *
     * @param impostorWeight total weight of the impostor pairs; that of the genuine pairs is 1
     */
    static Calibration fit(AllPairs pairs, double impostorWeight) {
        double[] parameters = {-3, 10};
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] sums = sums(pairs, impostorWeight, parameters);
            double determinant = sums[2] * sums[4] - sums[3] * sums[3];
            double offset = (sums[4] * sums[0] - sums[3] * sums[1]) / determinant;
            double slope = (sums[2] * sums[1] - sums[3] * sums[0]) / determinant;
            parameters[0] += offset;
            parameters[1] += slope;
            if (Math.abs(offset) + Math.abs(slope) < PRECISION) {
                break;
            }
        }
        return new Calibration(parameters[1], -parameters[0] / parameters[1]);
    }

    /** The likelihood's two first and three second derivatives by offset and slope. */
    private static double[] sums(AllPairs pairs, double impostorWeight, double[] parameters) {
        double[] sums = new double[5];
        pairs.forEach((similarity, count, same) -> {
            double weight = same ? 1.0 / pairs.genuineCount() : impostorWeight * count / pairs.impostorCount();
            double expected = 1 / (1 + Math.exp(-parameters[0] - parameters[1] * similarity));
            double error = weight * ((same ? 1 : 0) - expected);
            double curvature = weight * expected * (1 - expected);
            sums[0] += error;
            sums[1] += error * similarity;
            sums[2] += curvature;
            sums[3] += curvature * similarity;
            sums[4] += curvature * similarity * similarity;
        });
        return sums;
    }
}
