package dev.rollcall.recognition;

import dev.rollcall.engine.Liveness;
import dev.rollcall.people.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A successful verification of a person, or a comparison below the threshold.
 *
 * @param confidence calibrated, 0…1
 * @param similarity cosine to the nearest template
 * @param threshold the confidence that a match needs
 * @param liveness null when it was not measured
 */
public record Match(
        UserId userId,
        String name,
        double confidence,
        double similarity,
        double threshold,
        @Nullable Liveness liveness) {}
