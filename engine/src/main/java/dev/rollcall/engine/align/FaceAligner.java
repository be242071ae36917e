package dev.rollcall.engine.align;

import dev.rollcall.engine.Landmarks;
import dev.rollcall.engine.Point;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.image.SimilaritySampler;
import java.util.List;

/**
 * Turns, scales and shifts a face so that its five points come to lie where the embedder expects them. Keeps
 * a buffer: one instance per thread.
 */
public final class FaceAligner {

    /** Where the five points belong in the crop: the template of ArcFace (Deng et al. 2019) for 112×112. */
    private static final List<Point> TEMPLATE = List.of(
            new Point(38.2946f, 51.6963f),
            new Point(73.5318f, 51.5014f),
            new Point(56.0252f, 71.7366f),
            new Point(41.5493f, 92.3655f),
            new Point(70.7299f, 92.2041f));

    private final SimilaritySampler sampler = new SimilaritySampler();

    /**
     * Draws the aligned face over planes of 112×112. The fit is made from the picture to the template, where the
     * remaining distances are smallest, and then undone: fitted the other way round, a face seen from the side would
     * come out at another size than the embedder was trained on.
     */
    public void align(Image image, Landmarks landmarks, Planes crop) {
        Similarity toPicture = Similarity.fit(landmarks.points(), TEMPLATE).inverse();
        sampler.draw(image, toPicture.a(), toPicture.b(), toPicture.shiftX(), toPicture.shiftY(), crop);
    }
}
