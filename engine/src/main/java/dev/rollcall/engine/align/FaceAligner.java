package dev.rollcall.engine.align;

import dev.rollcall.engine.Landmarks;
import dev.rollcall.engine.Point;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.image.SimilaritySampler;
import java.util.List;

/**
 * Rotates, scales and shifts a face so that its five points are where the embedder expects them. Keeps a buffer: one
 * instance per thread.
 */
public final class FaceAligner {

    /** The positions of the five points in the crop: the template of ArcFace (Deng et al. 2019) for 112×112. */
    private static final List<Point> TEMPLATE = List.of(
            new Point(38.2946f, 51.6963f),
            new Point(73.5318f, 51.5014f),
            new Point(56.0252f, 71.7366f),
            new Point(41.5493f, 92.3655f),
            new Point(70.7299f, 92.2041f));

    private final SimilaritySampler sampler = new SimilaritySampler();

    /**
     * Draws the aligned face over planes of 112×112. The similarity is fitted from the picture to the template and then
     * inverted, as for the embedder's training: a fit in the other direction gives a face in profile another size.
     */
    public void align(Image image, Landmarks landmarks, Planes crop) {
        Similarity toPicture = Similarity.fit(landmarks.points(), TEMPLATE).inverse();
        sampler.draw(image, toPicture.a(), toPicture.b(), toPicture.shiftX(), toPicture.shiftY(), crop);
    }
}
