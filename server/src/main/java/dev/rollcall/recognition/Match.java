package dev.rollcall.recognition;

import dev.rollcall.engine.Liveness;
import dev.rollcall.people.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A verified person.
 *
 * @param confidence calibrated, 0…1
 * @param similarity cosine to the nearest template
 * @param threshold the confidence that was needed
 * @param liveness null when it was not measured
 */
public record Match(
        UserId userId,
        String name,
        double confidence,
        double similarity,
        double threshold,
        @Nullable Liveness liveness) {}
