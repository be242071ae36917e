package dev.rollcall.engine.quality;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.FaceShape;
import dev.rollcall.engine.Quality.Extent;
import dev.rollcall.engine.image.Image;

/** Measures how much of a picture a face takes up. Holds no state: safe for use by several threads. */
public final class ExtentMeter {

    private ExtentMeter() {}

    /** The extent of the face in a box with the given landmarks. */
    public static Extent measure(Image image, Box box, FaceShape shape) {
        int width = image.width();
        int height = image.height();
        float inside = Math.max(0, Math.min(width, box.right()) - Math.max(0, box.left()))
                * Math.max(0, Math.min(height, box.bottom()) - Math.max(0, box.top()));
        long points = shape.points().stream()
                .filter(point -> point.x() >= 0 && point.y() >= 0 && point.x() < width && point.y() < height)
                .count();
        float visible = Math.min(inside / box.area(), (float) points / FaceShape.POINTS);
        return new Extent(box.height(), shape.landmarks().eyeDistance(), visible);
    }
}
