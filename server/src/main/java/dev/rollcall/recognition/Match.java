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
 * @param rival null when there is nobody else, or when the gallery was not asked
 * @param lookAlike whether a declared look-alike of the person was at least as similar; null when the gallery was not asked
 */
public record Match(
        UserId userId,
        String name,
        double confidence,
        double similarity,
        double threshold,
        @Nullable Liveness liveness,
        @Nullable Rival rival,
        @Nullable Boolean lookAlike)
        implements MarkBasis {}
