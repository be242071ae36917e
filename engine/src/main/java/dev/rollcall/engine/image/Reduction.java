package dev.rollcall.engine.image;

/**
 * Subsamples the rows of a decoder into a picture: takes every {@code step}-th column and row, and blends transparent
 * pixels with white. Not safe for use by several threads at once.
 */
final class Reduction {

    private static final int WHITE = 255;

    private final int width;
    private final int step;
    private final byte[] pixels;

    /**
     * Makes a reduction into an array.
     *
     * @param width of the decoder's picture
     * @param step every {@code step}-th column and row is taken, from the first on
     * @param pixels receives the reduced picture in the layout of {@link Image}
     */
    Reduction(int width, int step, byte[] pixels) {
        this.width = Header.reduced(width, step);
        this.step = step;
        this.pixels = pixels;
    }

    /** Whether a row is taken. */
    boolean takesRow(int y) {
        return y % step == 0;
    }

    int step() {
        return step;
    }

    /** Takes a whole row of pixels, each alpha, red, green, blue from the highest byte to the lowest. */
    void row(int y, int[] argb) {
        int out = y / step * width * Image.CHANNELS;
        for (int x = 0, in = 0; x < width; x++, in += step, out += Image.CHANNELS) {
            int pixel = argb[in];
            int alpha = pixel >>> 24;
            if (alpha == WHITE) {
                pixels[out + Image.RED] = (byte) (pixel >> 16);
                pixels[out + Image.GREEN] = (byte) (pixel >> 8);
                pixels[out + Image.BLUE] = (byte) pixel;
            } else {
                blend(out, pixel, alpha);
            }
        }
    }

    /** Takes one pixel, whose column and row must be among those that are taken. */
    void pixel(int x, int y, int argb) {
        blend((y / step * width + x / step) * Image.CHANNELS, argb, argb >>> 24);
    }

    /** The index in {@link #pixels()} at which a row begins; only for a step of 1. */
    int start(int y) {
        return y * width * Image.CHANNELS;
    }

    byte[] pixels() {
        return pixels;
    }

    private void blend(int out, int pixel, int alpha) {
        pixels[out + Image.RED] = onWhite(pixel >> 16 & 0xFF, alpha);
        pixels[out + Image.GREEN] = onWhite(pixel >> 8 & 0xFF, alpha);
        pixels[out + Image.BLUE] = onWhite(pixel & 0xFF, alpha);
    }

    private static byte onWhite(int value, int alpha) {
        return (byte) (WHITE + (value - WHITE) * alpha / WHITE);
    }
}
