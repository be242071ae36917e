package dev.rollcall.recognition;

import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.match.ImpostorTail;
import dev.rollcall.recognition.gallery.Gallery;

/**
 * The threshold of identification: it rises with the gallery, so that a person who is not enrolled is taken for somebody at a
 * constant rate, and is never below the threshold of verification. Immutable.
 *
 * @param tails the tails of the similarities of different people: built in, and by the sites' own galleries
 * @param targetFpir how often a person who is not enrolled may be identified as somebody, between 0 and 1
 * @param verification the threshold of verification
 */
public record IdentificationThreshold(
        Tails tails, double targetFpir, Thresholds verification, Calibration calibration) {

    /**
     * The tails of the similarities of different people.
     *
     * @param builtIn of one comparison with one template
     * @param ofSites estimated by the galleries of the sites
     */
    public record Tails(ImpostorTail builtIn, SiteTails ofSites) {}

    /** The greatest confidence that a site's own tail asks for, so that a strange gallery does not refuse everybody. */
    static final double HIGHEST_BY_OWN_TAIL = 0.98;

    /**
     * The least similarity, a cosine: the greatest of those that the two tails and the verification ask for.
     *
     * @param size of the gallery that is searched
     * @param images the number of faces that each template is compared with; counted like as many templates, which is cautious,
     *     since faces of one moment are similar
     */
    double similarity(String site, Gallery.Size size, int images) {
        double least = Math.max(
                calibration.similarity(verification.confidence(site)),
                tails.builtIn().similarityForGallery(comparisons(size.templates(), images), targetFpir));
        return tails.ofSites()
                .of(site)
                .map(own -> own.similarityForGallery(comparisons(size.people(), images), targetFpir))
                .map(own -> Math.min(own, calibration.similarity(HIGHEST_BY_OWN_TAIL)))
                .filter(own -> own > least)
                .orElse(least);
    }

    private static int comparisons(int each, int images) {
        return Math.max(1, Math.multiplyExact(each, images));
    }
}
