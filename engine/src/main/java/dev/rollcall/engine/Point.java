package dev.rollcall.engine;

/**
 * A point in a picture, in pixels of the decoded, upright picture: x to the right, y downwards, (0, 0) the outer corner
 * of the top left pixel.
 */
public record Point(float x, float y) {}
