package dev.rollcall.engine;

import org.jspecify.annotations.Nullable;

/**
 * One analysed face.
 *
 * @param detection where it is, in pixels of the upright picture
 * @param landmarks the five points it was aligned by
 * @param embedding whom it shows
 * @param quality the measured quality
 * @param liveness whether a living person was in front of the camera; null when the rules left it out
 */
public record Face(
        DetectedFace detection,
        Landmarks landmarks,
        Embedding embedding,
        Quality quality,
        @Nullable Liveness liveness) {}
