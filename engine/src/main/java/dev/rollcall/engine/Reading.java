package dev.rollcall.engine;

import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a picture shows when it is seen turned by some quarter turns. Places are in pixels of the turned picture.
 *
 * @param turn how it is turned
 * @param view the turned picture
 * @param faces the detected faces, the most prominent first
 * @param portrait the most prominent face; null when there is none
 */
record Reading(
        Turn turn,
        Image view,
        List<DetectedFace> faces,
        @Nullable Portrait portrait) {

    /**
     * The most prominent face looked at closely.
     *
     * @param shape its landmarks
     * @param embedding whom it shows
     * @param norm the embedding's length before normalisation
     * @param sharpness see {@link Quality}
     */
    record Portrait(FaceShape shape, Embedding embedding, float norm, float sharpness) {}

    float norm() {
        return portrait == null ? 0 : portrait.norm();
    }

    DetectedFace face() {
        return faces.get(0);
    }

    /** The most prominent face where it lies in the picture before the turn. */
    DetectedFace faceUnturned(Image picture) {
        return new DetectedFace(turn.undo(face().box(), picture.width(), picture.height()), face().score());
    }

    /** The landmarks where they lie in the picture before the turn. */
    Landmarks landmarksUnturned(Portrait portrait, Image picture) {
        Landmarks seen = portrait.shape().landmarks();
        return new Landmarks(
                undo(seen.leftEye(), picture),
                undo(seen.rightEye(), picture),
                undo(seen.nose(), picture),
                undo(seen.leftMouth(), picture),
                undo(seen.rightMouth(), picture));
    }

    private Point undo(Point point, Image picture) {
        return turn.undo(point, picture.width(), picture.height());
    }
}
