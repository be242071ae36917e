package dev.rollcall.api;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How measured numbers are written: four decimals, cut off, so that what fell short of a limit never reads as if it had reached it. */
final class Numbers {

    private static final int DECIMALS = 4;

    private Numbers() {}

    static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.FLOOR).stripTrailingZeros();
    }

    static Object rounded(Object value) {
        return value instanceof Double || value instanceof Float ? rounded(((Number) value).doubleValue()) : value;
    }
}
