package dev.rollcall.engine.match;

/** The upper end of the standard normal distribution. */
final class NormalTail {

    /*
     * Up to z = 2 the integral is summed up from the middle by its power series,
     *
     *   Φ(z) − 1/2 = φ(z) · (z + z³/3 + z⁵/(3·5) + …)
     *
     * and beyond, where that would lose its digits in a difference, the tail itself comes from Laplace's continued
     * fraction,
     *
     *   1 − Φ(z) = φ(z) / (z + 1/(z + 2/(z + 3/(z + …))))
     *
     * (Abramowitz & Stegun, 26.2.11 and 26.2.14). Both are exact to some 13 digits with the terms taken here.
     */

    private static final double SERIES_TO = 2;
    private static final int TERMS = 200;
    private static final double FARTHEST = 37;
    private static final int HALVINGS = 100;

    private NormalTail() {}

    /** The probability of a value above z. */
    static double above(double z) {
        if (z < 0) {
            return 1 - above(-z);
        }
        if (z >= FARTHEST) {
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
     * The z above which a value lies with a probability, found by halving.
     *
     * @param probability between 0 and 1, both excluded
     */
    static double quantile(double probability) {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("no value is exceeded with probability " + probability);
        }
        double low = -FARTHEST;
        double high = FARTHEST;
        for (int i = 0; i < HALVINGS; i++) {
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
