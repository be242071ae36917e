package dev.rollcall.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * A measured rate with its confidence interval of 95 %.
 *
 * @param rate the rate measured
 * @param low the lower end
 * @param high the upper end
 */
record Interval(double rate, double low, double high) {

    private static final double TAIL = 0.025;
    private static final double Z = 1.959964;

    /** The interval between the percentiles of the rates of bootstrap samples. */
    static Interval percentiles(double rate, double[] samples) {
        double[] ascending = samples.clone();
        Arrays.sort(ascending);
        int last = ascending.length - 1;
        return new Interval(
                rate, ascending[(int) Math.floor(TAIL * last)], ascending[(int) Math.ceil((1 - TAIL) * last)]);
    }

    /** Wilson's upper end of the rate of an event that did not occur in {@code trials} independent trials. */
    static double highOfNone(long trials) {
        return Z * Z / (trials + Z * Z);
    }

    /** As a power of ten: {@code 1.5e-04 (1.1e-04 to 2.0e-04)}. */
    String small() {
        return String.format(Locale.ROOT, "%.1e (%.1e to %.1e)", rate, low, high);
    }

    String percent() {
        return String.format(Locale.ROOT, "%.2f %% (%.1f to %.1f)", 100 * rate, 100 * low, 100 * high);
    }
}
