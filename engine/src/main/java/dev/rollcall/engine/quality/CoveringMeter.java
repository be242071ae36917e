package dev.rollcall.engine.quality;

import dev.rollcall.engine.AlignedFace;

/**
 * Measures by the aligned face whether sunglasses or a mask cover it. Holds no state: safe for use by several threads.
 */
final class CoveringMeter {

    private static final int SIDE = AlignedFace.SIDE;

    /** The middles of the eyes of ArcFace's template, and the half axes of the ellipse that lenses cover. */
    private static final int LEFT_EYE = 38;

    private static final int RIGHT_EYE = 74;
    private static final int EYE_HEIGHT = 53;
    private static final int LENS_WIDTH = 12;
    private static final int LENS_HEIGHT = 9;

    /** What is darker than this part of cheek and nose is dark. */
    private static final float DARK = 0.5f;

    /** Added to the brightness around the mouth, so that noise in the dark is no contrast. */
    private static final float LEAST_BRIGHTNESS = 10;

    /** Against the texture of cloth and the noise of the camera. */
    private static final int BLUR = 2;

    private static final Patch LEFT_CHEEK = new Patch(28, 42, 68, 80);
    private static final Patch RIGHT_CHEEK = new Patch(70, 84, 68, 80);
    private static final Patch NOSE = new Patch(50, 62, 58, 72);
    private static final Patch MOUTH = new Patch(42, 70, 84, 102);

    private CoveringMeter() {}

    /** A rectangle of the aligned face; right and bottom are outside. */
    private record Patch(int left, int right, int top, int bottom) {

        private float mean(float[] pixels) {
            float sum = 0;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    sum += pixels[y * SIDE + x];
                }
            }
            return sum / ((right - left) * (bottom - top));
        }

        private float deviation(float[] pixels) {
            float mean = mean(pixels);
            float sum = 0;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    float difference = pixels[y * SIDE + x] - mean;
                    sum += difference * difference;
                }
            }
            return (float) Math.sqrt(sum / ((right - left) * (bottom - top)));
        }
    }

    /** Measures a face. */
    static Coverings measure(AlignedFace face) {
        float[] pixels = face.values();
        float nose = NOSE.mean(pixels);
        float left = darkPart(pixels, LEFT_EYE, DARK * Math.max(nose, LEFT_CHEEK.mean(pixels)));
        float right = darkPart(pixels, RIGHT_EYE, DARK * Math.max(nose, RIGHT_CHEEK.mean(pixels)));
        float[] smooth = face.blurred(BLUR);
        float contrast = MOUTH.deviation(smooth) / (MOUTH.mean(smooth) + LEAST_BRIGHTNESS);
        return new Coverings(Math.min(left, right), contrast);
    }

    private static float darkPart(float[] pixels, int eye, float limit) {
        int dark = 0;
        int count = 0;
        for (int y = -LENS_HEIGHT; y <= LENS_HEIGHT; y++) {
            for (int x = -LENS_WIDTH; x <= LENS_WIDTH; x++) {
                float outside = (float) x * x / (LENS_WIDTH * LENS_WIDTH) + (float) y * y / (LENS_HEIGHT * LENS_HEIGHT);
                if (outside <= 1) {
                    count++;
                    dark += pixels[(EYE_HEIGHT + y) * SIDE + eye + x] < limit ? 1 : 0;
                }
            }
        }
        return (float) dark / count;
    }
}
