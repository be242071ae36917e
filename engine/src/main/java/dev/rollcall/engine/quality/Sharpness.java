package dev.rollcall.engine.quality;

import dev.rollcall.engine.image.Planes;

/** Measures how sharp an aligned face is. Holds no state: safe for use by several threads. */
public final class Sharpness {

    /*
     * The energy of the Laplacian, the sum of its squares (a focus measure after Subbarao, Choi & Nikzad 1993), over the
     * variance of the luminance: blur lowers the former and keeps the latter, while darkness and low contrast
     * scale both alike. Measured in the middle of the crop, where there is skin, eyes and mouth but no background.
     */

    /** Part of the crop's side that is left out on each side. */
    private static final float MARGIN = 0.2f;

    private Sharpness() {}

    /**
     * The sharpness of an aligned face: about 0.005 for a strongly blurred one, 0.03 and more for a sharp one.
     *
     * @param crop the aligned face in colours
     */
    public static float measure(Planes crop) {
        int from = Math.round(MARGIN * crop.width());
        int to = crop.width() - from;
        double energy = 0;
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int y = from; y < to; y++) {
            for (int x = from; x < to; x++) {
                float here = crop.greenAt(x, y);
                float laplacian = crop.greenAt(x - 1, y)
                        + crop.greenAt(x + 1, y)
                        + crop.greenAt(x, y - 1)
                        + crop.greenAt(x, y + 1)
                        - 4 * here;
                energy += laplacian * laplacian;
                sum += here;
                squares += here * here;
                count++;
            }
        }
        double variance = squares / count - sum / count * sum / count;
        return variance <= 0 ? 0 : (float) (energy / count / variance);
    }
}
