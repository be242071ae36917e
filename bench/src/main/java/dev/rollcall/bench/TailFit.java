package dev.rollcall.bench;

import dev.rollcall.engine.match.ImpostorTail;

/** Fits the upper tail of a normal distribution to measured false match rates (least squares of similarity). */
final class TailFit {

    /** The rates at which the distribution is fitted. */
    static final double[] RATES = {1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5};

    private static final ImpostorTail STANDARD_NORMAL = new ImpostorTail(0, 1);

    private TailFit() {}

    static ImpostorTail fit(AllPairs pairs) {
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (double rate : RATES) {
            double x = STANDARD_NORMAL.similarityAtFmr(rate);
            double y = pairs.similarityAtFmr(rate);
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }
        int count = RATES.length;
        double deviation = (count * sumXy - sumX * sumY) / (count * sumXx - sumX * sumX);
        return new ImpostorTail((sumY - deviation * sumX) / count, deviation);
    }
}
