package dev.rollcall.engine;

import java.util.List;

/**
 * The five points by which a face is aligned. Left and right are the viewer's: {@code leftEye} has the smaller x on an
 * upright face.
 *
 * @param leftEye centre of the eye on the viewer's left
 * @param rightEye centre of the eye on the viewer's right
 * @param nose tip of the nose
 * @param leftMouth corner of the mouth on the viewer's left
 * @param rightMouth corner of the mouth on the viewer's right
 */
public record Landmarks(Point leftEye, Point rightEye, Point nose, Point leftMouth, Point rightMouth) {

    /** The points in the order that the embedder's alignment template uses. */
    public List<Point> points() {
        return List.of(leftEye, rightEye, nose, leftMouth, rightMouth);
    }

    /** Distance between the eyes' centres in pixels. */
    public float eyeDistance() {
        return (float) Math.hypot(rightEye.x() - leftEye.x(), rightEye.y() - leftEye.y());
    }
}
