package dev.rollcall.engine;

/**
 * Whether a living person was in front of the camera.
 *
 * @param score probability of a living face, 0…1
 * @param threshold the score from which a face passes
 */
public record Liveness(double score, double threshold) {

    /** Whether the score reaches the threshold. */
    public boolean live() {
        return score >= threshold;
    }
}
