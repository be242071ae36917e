package dev.rollcall.recognition.accuracy;

import dev.rollcall.engine.match.ImpostorTail;

/** The logarithm of the tail of the standard normal distribution, from a table. */
final class LogTail {

    private static final double LOWEST = -8;
    private static final double HIGHEST = 36;
    private static final double STEP = 0.01;
    private static final double[] TABLE = new double[(int) Math.round((HIGHEST - LOWEST) / STEP) + 1];

    static {
        ImpostorTail standard = new ImpostorTail(0, 1);
        for (int i = 0; i < TABLE.length; i++) {
            TABLE[i] = Math.log(standard.fmr(LOWEST + i * STEP));
        }
    }

    private LogTail() {}

    /** The logarithm of the probability of a value above z; beyond the table that of its last value. */
    static double above(double z) {
        double at = (Math.max(LOWEST, Math.min(HIGHEST - STEP, z)) - LOWEST) / STEP;
        int index = (int) at;
        return TABLE[index] + (at - index) * (TABLE[index + 1] - TABLE[index]);
    }
}
