package dev.rollcall.engine.match;

/**
 * The relation of similarity and confidence: {@code confidence = 1 / (1 + exp(−slope · (similarity − middle)))}.
 * Strictly increasing, so a threshold on one is a threshold on the other.
 *
 * <p>Thresholds on confidence must not be compared with a cosine: at cosine 0.80 nine in ten genuine people of LFW are
 * refused, while confidence 0.80 is cosine 0.45. bench/results/verification.md has the rates of false matches.
 *
 * @param slope steepness, positive
 * @param middle the similarity that has confidence 0.5, −1…1
 */
public record Calibration(double slope, double middle) {

    public Calibration {
        if (!(slope > 0 && Double.isFinite(slope) && middle >= -1 && middle <= 1)) {
            throw new IllegalArgumentException("invalid calibration: slope " + slope + ", middle " + middle);
        }
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
