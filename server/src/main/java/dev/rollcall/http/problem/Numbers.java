package dev.rollcall.http.problem;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The format of measured numbers: four decimals, rounded down, so that a value below a limit is never shown as equal to it. */
public final class Numbers {

    private static final int DECIMALS = 4;

    private Numbers() {}

    public static BigDecimal rounded(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.FLOOR).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    public static Object rounded(Object value) {
        return value instanceof Double || value instanceof Float ? rounded(((Number) value).doubleValue()) : value;
    }
}
