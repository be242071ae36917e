package dev.rollcall.engine;

/**
 * Measured quality of a face.
 *
 * @param extent how much of the picture it takes up
 * @param pose where it looks
 * @param light how it is lit
 * @param sharpness about 0.005 for a strongly blurred face, 0.03 and more for a sharp one
 * @param embeddingNorm length of the embedding before normalisation: the last word on whether the face can be told from
 *     others. With the built-in model upright, sharp faces lie above 2.9, turned, dark and blurred ones below
 */
public record Quality(Extent extent, Pose pose, Light light, float sharpness, float embeddingNorm) {

    /**
     * How much of the picture a face takes up.
     *
     * @param facePixels height of the face box in pixels of the decoded picture
     * @param eyePixels distance between the eyes in pixels of the decoded picture
     * @param visible part of the face within the picture, 0…1: of its box or of its 68 landmarks, whichever is less.
     *     The landmarks are imagined where the picture ends
     */
    public record Extent(float facePixels, float eyePixels, float visible) {

        /** The extent of a face in a picture of the given size. */
        static Extent of(Box box, FaceShape shape, int width, int height) {
            float inside = Math.max(0, Math.min(width, box.right()) - Math.max(0, box.left()))
                    * Math.max(0, Math.min(height, box.bottom()) - Math.max(0, box.top()));
            long points = shape.points().stream()
                    .filter(point -> point.x() >= 0 && point.y() >= 0 && point.x() < width && point.y() < height)
                    .count();
            float visible = Math.min(inside / box.area(), (float) points / FaceShape.POINTS);
            return new Extent(box.height(), shape.landmarks().eyeDistance(), visible);
        }
    }
}
