package dev.rollcall.engine;

/**
 * Measured quality of a face.
 *
 * @param facePixels height of the face box in pixels of the decoded picture
 * @param eyePixels distance between the eyes in pixels of the decoded picture
 * @param embeddingNorm length of the embedding before normalisation; upright, sharp faces lie above 2.9, turned, dark
 *     and blurred ones below
 */
public record Quality(float facePixels, float eyePixels, float embeddingNorm) {}
