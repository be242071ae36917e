package dev.rollcall.engine.match;

/** The upper end of the standard normal distribution. */
final class NormalTail {

    /*
     * Up to z = 2 the integral from 0 is computed by its power series,
     *
     *   Φ(z) − 1/2 = φ(z) · (z + z³/3 + z⁵/(3·5) + …)
     *
     * and beyond, where the difference would cancel, the tail itself by Laplace's continued fraction,
     *
     *   1 − Φ(z) = φ(z) / (z + 1/(z + 2/(z + 3/(z + …))))
     *
     * (Abramowitz & Stegun, 26.2.11 and 26.2.14). Both are exact to some 13 digits with the terms taken here.
     */

    private static final double SERIES_TO = 2;
    private static final int TERMS = 200;
    private static final double MAX_Z = 37;
    private static final int BISECTIONS = 100;

    private NormalTail() {}

    /** The probability of a value above z. */
    static double above(double z) {
        if (z < 0) {
            return 1 - above(-z);
        }
        if (z >= MAX_Z) {
            return 0;
        }
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        if (z < SERIES_TO) {
            double term = z;
            double sum = z;
            for (int i = 1; i < TERMS; i++) {
                term *= z * z / (2 * i + 1);
                sum += term;
            }
            return 0.5 - density * sum;
        }
        double fraction = z;
        for (int i = TERMS; i >= 1; i--) {
            fraction = z + i / fraction;
        }
        return density / fraction;
    }

    /**
     * The z that a value exceeds with the given probability, found by bisection.
     *
     * @param probability between 0 and 1, both excluded
     */
    static double quantile(double probability) {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("no value is exceeded with probability " + probability);
        }
        double low = -MAX_Z;
        double high = MAX_Z;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (above(middle) > probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
