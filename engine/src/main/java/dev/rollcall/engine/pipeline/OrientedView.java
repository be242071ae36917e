package dev.rollcall.engine.pipeline;

import dev.rollcall.engine.AlignedFace;
import dev.rollcall.engine.DetectedFace;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.FaceShape;
import dev.rollcall.engine.Landmarks;
import dev.rollcall.engine.Point;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Rotation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture rotated by some quarter turns, and the faces found in it. Coordinates are pixels of the rotated picture.
 *
 * @param rotation how it is rotated
 * @param image the rotated picture
 * @param faces the detected faces, the most prominent first
 * @param primary the most prominent face; null when there is none
 */
record OrientedView(
        Rotation rotation,
        Image image,
        List<DetectedFace> faces,
        @Nullable EmbeddedFace primary) {

    /**
     * A detected face with its landmarks and embedding.
     *
     * @param norm the embedding's length before normalisation
     * @param sharpness see {@link dev.rollcall.engine.Quality}
     */
    record EmbeddedFace(FaceShape shape, Embedding embedding, float norm, float sharpness, AlignedFace aligned) {}

    /** The length of the primary face's embedding before normalisation; 0 when there is no face. */
    float norm() {
        return primary == null ? 0 : primary.norm();
    }

    /** The detection of the primary face. */
    DetectedFace detection() {
        return faces.get(0);
    }

    /** The detection of the primary face in coordinates of the picture before the rotation. */
    DetectedFace detectionIn(Image picture) {
        return new DetectedFace(
                rotation.undo(detection().box(), picture.width(), picture.height()),
                detection().score());
    }

    /** The landmarks of a face of this view in coordinates of the picture before the rotation. */
    Landmarks landmarksIn(Image picture, EmbeddedFace face) {
        Landmarks rotated = face.shape().landmarks();
        return new Landmarks(
                undo(rotated.leftEye(), picture),
                undo(rotated.rightEye(), picture),
                undo(rotated.nose(), picture),
                undo(rotated.leftMouth(), picture),
                undo(rotated.rightMouth(), picture));
    }

    /** The 68 points of a face of this view in coordinates of the picture before the rotation. */
    FaceShape shapeIn(Image picture, EmbeddedFace face) {
        return new FaceShape(face.shape().points().stream()
                .map(point -> undo(point, picture))
                .toList());
    }

    private Point undo(Point point, Image picture) {
        return rotation.undo(point, picture.width(), picture.height());
    }
}
