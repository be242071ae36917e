package dev.rollcall.engine.match;

import dev.rollcall.engine.onnx.ModelSpec;

/**
 * The translation between similarity and confidence: {@code confidence = 1 / (1 + exp(−slope · (similarity − middle)))}.
 * Strictly increasing, so a threshold on one is a threshold on the other.
 *
 * <p>A raw cosine must never be held against a confidence threshold: 0.80 as a cosine would refuse nine in ten genuine
 * people of LFW, while 0.80 as a confidence is cosine 0.45, about one false match in 28,000 impostor comparisons.
 *
 * @param slope steepness, positive
 * @param middle the similarity that has confidence 0.5, −1…1
 */
public record Calibration(double slope, double middle) {

    public Calibration {
        if (!(slope > 0 && Double.isFinite(slope) && middle >= -1 && middle <= 1)) {
            throw new IllegalArgumentException("no calibration: slope " + slope + ", middle " + middle);
        }
    }

    /** The calibration that an embedder's manifest gives. */
    public static Calibration of(ModelSpec embedder) {
        return new Calibration(
                embedder.decimal("calibration_slope", 0.1, 1000), embedder.decimal("calibration_middle", -1, 1));
    }

    /** Confidence, 0…1, of a similarity. */
    public double confidence(double similarity) {
        return 1 / (1 + Math.exp(-slope * (similarity - middle)));
    }

    /**
     * Similarity that has a confidence.
     *
     * @param confidence strictly between 0 and 1
     */
    public double similarity(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("no similarity has confidence " + confidence);
        }
        return middle + Math.log(confidence / (1 - confidence)) / slope;
    }
}
