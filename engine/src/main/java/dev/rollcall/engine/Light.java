package dev.rollcall.engine;

/**
 * How a face is lit.
 *
 * @param face mean luminance of the face, 0 (black) to 255 (white)
 * @param surroundings mean luminance of what surrounds it, 0…255
 * @param glare part of the face that is burnt out (luminance 250 and more), 0…1
 */
public record Light(float face, float surroundings, float glare) {}
