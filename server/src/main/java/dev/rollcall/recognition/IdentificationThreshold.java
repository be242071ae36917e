package dev.rollcall.recognition;

import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.match.ImpostorTail;

/**
 * The threshold of identification: it rises with the number of templates, so that a person who is not enrolled is taken for
 * somebody at a constant rate, and is never below the threshold of verification. Immutable.
 *
 * @param tail of the similarities of different people
 * @param targetFpir how often a person who is not enrolled may be identified as somebody, between 0 and 1
 * @param verification the threshold of verification
 */
public record IdentificationThreshold(
        ImpostorTail tail, double targetFpir, Thresholds verification, Calibration calibration) {

    /**
     * The least similarity, a cosine.
     *
     * @param templates the number of templates that are searched
     * @param images the number of faces that each is compared with; counted like as many templates, which is cautious,
     *     since faces of one moment are similar
     */
    double similarity(String site, int templates, int images) {
        int comparisons = Math.max(1, Math.multiplyExact(templates, images));
        return Math.max(
                tail.similarityForGallery(comparisons, targetFpir),
                calibration.similarity(verification.confidence(site)));
    }
}
