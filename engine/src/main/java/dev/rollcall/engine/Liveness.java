package dev.rollcall.engine;

import java.util.List;

/**
 * Whether a living person was in front of the camera.
 *
 * @param score probability of a living face by all liveness models together, 0…1
 * @param threshold the score from which a face passes
 * @param models the score of each model, in the order of the manifest; empty when they are not known
 */
public record Liveness(double score, double threshold, List<ModelScore> models) {

    /**
     * The score of one model.
     *
     * @param model its section in the manifest, such as {@code liveness}
     * @param score probability of a living face, 0…1
     */
    public record ModelScore(String model, double score) {}

    public Liveness {
        models = List.copyOf(models);
    }

    public Liveness(double score, double threshold) {
        this(score, threshold, List.of());
    }

    /** Whether the score reaches the threshold. */
    public boolean live() {
        return score >= threshold;
    }
}
