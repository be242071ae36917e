package dev.rollcall.engine;

/**
 * Measured quality of a face.
 *
 * @param extent how much of the picture it takes up
 * @param pose where it looks
 * @param light how it is lit
 * @param sharpness about 0.1 for a strongly blurred face, 0.5 and more for a sharp one
 * @param embeddingNorm length of the embedding before normalisation: the last word on whether the face can be told from
 *     others. With the built-in model upright, sharp faces lie above 2.9, turned, dark and blurred ones below
 */
public record Quality(Extent extent, Pose pose, Light light, float sharpness, float embeddingNorm) {

    /**
     * How much of the picture a face takes up.
     *
     * @param facePixels height of the face box in pixels of the decoded picture
     * @param eyePixels distance between the eyes in pixels of the decoded picture
     * @param visible part of the face box that lies within the picture, 0…1
     */
    public record Extent(float facePixels, float eyePixels, float visible) {

        /** The extent of a face in a picture of the given size. */
        static Extent of(Box face, Landmarks landmarks, int width, int height) {
            float inside = Math.max(0, Math.min(width, face.right()) - Math.max(0, face.left()))
                    * Math.max(0, Math.min(height, face.bottom()) - Math.max(0, face.top()));
            return new Extent(face.height(), landmarks.eyeDistance(), inside / face.area());
        }
    }
}
