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

    /**
     * Wilson's interval (1927) of a rate that was measured on groups of events as if each group were a single one: the widest that any
     * likeness within the groups can make it. Groups of different sizes count as (Σn)² / Σn² equal ones (Kish, 1965).
     *
     * @param sizes the number of events of each group, at least one group
     */
    static Interval ofGroups(double rate, int[] sizes) {
        double sum = 0;
        double squares = 0;
        for (int size : sizes) {
            sum += size;
            squares += (double) size * size;
        }
        double trials = sum * sum / squares;
        double middle = (rate + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
        double half = Z / (1 + Z * Z / trials) * Math.sqrt(rate * (1 - rate) / trials + Z * Z / (4 * trials * trials));
        return new Interval(rate, Math.max(0, middle - half), Math.min(1, middle + half));
    }

    /** As a power of ten: {@code 1.5e-04 (1.1e-04 to 2.0e-04)}. */
    String small() {
        return String.format(Locale.ROOT, "%.1e (%.1e to %.1e)", rate, low, high);
    }

    String percent() {
        return String.format(Locale.ROOT, "%.2f %% (%.1f to %.1f)", 100 * rate, 100 * low, 100 * high);
    }
}
