package dev.rollcall.engine.align;

import dev.rollcall.engine.Point;
import java.util.List;

/**
 * A rotation, uniform scaling and translation of the plane (similarity transform): (x, y) ↦ (a·x − b·y + shiftX, b·x + a·y + shiftY).
 *
 * @param a scale · cos of the angle
 * @param b scale · sin of the angle
 * @param shiftX x of the image of the origin
 * @param shiftY y of the image of the origin
 */
record Similarity(float a, float b, float shiftX, float shiftY) {

    /*
     * Least squares, after Umeyama (1991) for the plane without mirroring. With both point sets moved to their means,
     * p and q, the sum of |M p − q|² over M = [a −b; b a] is smallest at
     *
     *   a = Σ (p.x q.x + p.y q.y) / Σ |p|²,   b = Σ (p.x q.y − p.y q.x) / Σ |p|²
     *
     * and the translation maps one mean to the other.
     */

    /**
     * The similarity that maps one set of points closest to another.
     *
     * @param from at least two different points
     * @param to as many points, in the same order
     */
    static Similarity fit(List<Point> from, List<Point> to) {
        Point fromMean = mean(from);
        Point toMean = mean(to);
        double dot = 0;
        double cross = 0;
        double squares = 0;
        for (int i = 0; i < from.size(); i++) {
            double px = from.get(i).x() - fromMean.x();
            double py = from.get(i).y() - fromMean.y();
            double qx = to.get(i).x() - toMean.x();
            double qy = to.get(i).y() - toMean.y();
            dot += px * qx + py * qy;
            cross += px * qy - py * qx;
            squares += px * px + py * py;
        }
        double a = dot / squares;
        double b = cross / squares;
        return new Similarity((float) a, (float) b, (float) (toMean.x() - a * fromMean.x() + b * fromMean.y()), (float)
                (toMean.y() - b * fromMean.x() - a * fromMean.y()));
    }

    /** The similarity that undoes this one. */
    Similarity inverse() {
        float squares = a * a + b * b;
        return new Similarity(
                a / squares, -b / squares, -(a * shiftX + b * shiftY) / squares, (b * shiftX - a * shiftY) / squares);
    }

    private static Point mean(List<Point> points) {
        double x = 0;
        double y = 0;
        for (Point point : points) {
            x += point.x();
            y += point.y();
        }
        return new Point((float) (x / points.size()), (float) (y / points.size()));
    }
}
