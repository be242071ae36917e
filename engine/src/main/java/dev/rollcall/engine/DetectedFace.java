package dev.rollcall.engine;

/**
 * A face found by the detector.
 *
 * @param box its position, in pixels of the upright picture
 * @param score the detector's probability that this is a face, 0…1
 */
public record DetectedFace(Box box, float score) {}
