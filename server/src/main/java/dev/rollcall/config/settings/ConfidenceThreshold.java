package dev.rollcall.config.settings;

import java.util.OptionalDouble;

/**
 * The setting of the threshold.
 *
 * @param fixed the confidence; empty if it is to be chosen automatically
 */
public record ConfidenceThreshold(OptionalDouble fixed) {

    /** The text for a threshold that is chosen automatically. */
    static final String AUTO = "auto";
}
