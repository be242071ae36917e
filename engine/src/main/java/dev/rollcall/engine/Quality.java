package dev.rollcall.engine;

/**
 * Measured quality of a face.
 *
 * @param extent how much of the picture it takes up
 * @param pose where it looks
 * @param light how it is lit
 * @param sharpness about 0.005 for a strongly blurred face, 0.03 and more for a sharp one
 * @param embeddingNorm length of the embedding before normalisation; the longer, the more reliably the face is recognised.
 *     With the built-in model upright, sharp faces are above 2.9, turned, dark and blurred ones below
 */
public record Quality(Extent extent, Pose pose, Light light, float sharpness, float embeddingNorm) {

    /**
     * How much of the picture a face takes up.
     *
     * @param facePixels height of the face box in pixels of the decoded picture
     * @param eyePixels distance between the eyes in pixels of the decoded picture
     * @param visible part of the face within the picture, 0…1: of its box or of its 68 landmarks, whichever is less.
     *     Landmarks outside the picture are extrapolated by the model
     */
    public record Extent(float facePixels, float eyePixels, float visible) {}
}
