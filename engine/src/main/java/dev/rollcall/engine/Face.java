package dev.rollcall.engine;

import org.jspecify.annotations.Nullable;

/**
 * One analysed face.
 *
 * @param detection its position, in pixels of the upright picture
 * @param landmarks the five points it was aligned by
 * @param embedding to be compared with those of other faces
 * @param quality the measured quality
 * @param liveness null when the rules turn it off
 * @param aligned the face as the embedder saw it; null when it is not known
 */
public record Face(
        DetectedFace detection,
        Landmarks landmarks,
        Embedding embedding,
        Quality quality,
        @Nullable Liveness liveness,
        @Nullable AlignedFace aligned) {

    /** The same face with another liveness. */
    public Face withLiveness(@Nullable Liveness other) {
        return new Face(detection, landmarks, embedding, quality, other, aligned);
    }
}
