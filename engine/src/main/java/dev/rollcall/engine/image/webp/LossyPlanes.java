package dev.rollcall.engine.image.webp;

import static dev.rollcall.engine.image.webp.Prediction.STRIDE;

/**
 * Two rows of macroblocks of luma and chroma samples, the upper one done before the lower one. Not safe for use by
 * several threads at once.
 */
final class LossyPlanes {

    private static final int SIDE = 16;

    private final int columns;
    private final byte[] luma;
    private final byte[] blue;
    private final byte[] red;

    LossyPlanes(int columns) {
        this.columns = columns;
        luma = new byte[2 * SIDE * stride()];
        blue = new byte[SIDE * chromaStride()];
        red = new byte[SIDE * chromaStride()];
    }

    int stride() {
        return columns * SIDE;
    }

    int chromaStride() {
        return columns * SIDE / 2;
    }

    byte[] luma() {
        return luma;
    }

    /** The channel of blue less luma. */
    byte[] blue() {
        return blue;
    }

    /** The channel of red less luma. */
    byte[] red() {
        return red;
    }

    /** Makes the lower row the upper one. */
    void moveUp() {
        System.arraycopy(luma, luma.length / 2, luma, 0, luma.length / 2);
        System.arraycopy(blue, blue.length / 2, blue, 0, blue.length / 2);
        System.arraycopy(red, red.length / 2, red, 0, red.length / 2);
    }

    /** Copies a macroblock into the lower row. */
    void put(int column, int[] samples, int lumaAt, int blueAt, int redAt) {
        copy(samples, lumaAt, luma, stride(), column, SIDE);
        copy(samples, blueAt, blue, chromaStride(), column, SIDE / 2);
        copy(samples, redAt, red, chromaStride(), column, SIDE / 2);
    }

    private static void copy(int[] samples, int at, byte[] plane, int stride, int column, int side) {
        for (int y = 0; y < side; y++) {
            int out = (side + y) * stride + column * side;
            int in = at + y * STRIDE;
            for (int x = 0; x < side; x++) {
                plane[out + x] = (byte) samples[in + x];
            }
        }
    }
}
