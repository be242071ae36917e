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
 */
public record Face(
        DetectedFace detection,
        Landmarks landmarks,
        Embedding embedding,
        Quality quality,
        @Nullable Liveness liveness) {}
