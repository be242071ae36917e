package dev.rollcall.engine;

/**
 * A place in the picture where the detector sees a face.
 *
 * @param box where, in pixels of the upright picture
 * @param score the detector's probability that this is a face, 0…1
 */
public record DetectedFace(Box box, float score) {}
