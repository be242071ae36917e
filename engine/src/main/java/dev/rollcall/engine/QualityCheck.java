package dev.rollcall.engine;

import org.jspecify.annotations.Nullable;

/**
 * A measured value of a face and the limits of a quality level.
 *
 * @param name in snake_case, as in the details of a {@link Rejection}
 * @param least smallest accepted value; null without one
 * @param most largest accepted value; null without one
 */
public record QualityCheck(
        String name,
        double value,
        @Nullable Double least,
        @Nullable Double most) {

    /** Whether the value is within its limits. */
    public boolean passes() {
        return (least == null || value >= least) && (most == null || value <= most);
    }
}
