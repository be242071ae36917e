package dev.rollcall.http.problem;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How measured numbers are written: four decimals, cut off, so that what fell short of a limit never reads as if it had reached it. */
public final class Numbers {

    private static final int DECIMALS = 4;

    private Numbers() {}

    public static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.FLOOR).stripTrailingZeros();
    }

    public static Object rounded(Object value) {
        return value instanceof Double || value instanceof Float ? rounded(((Number) value).doubleValue()) : value;
    }
}
