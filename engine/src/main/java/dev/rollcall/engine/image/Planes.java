package dev.rollcall.engine.image;

import dev.rollcall.engine.onnx.ModelSpec;
import java.util.Arrays;

/**
 * A model's input picture: one plane of floats per channel, each value {@code (v − mean) / divisor} of a pixel value
 * v in 0…255. Reused for one picture after another; not safe for use by several threads at once.
 */
public final class Planes {

    /** The channels that a model reads, in their order. */
    public enum Channels {
        RGB(3),
        BGR(3),
        /** 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). */
        GREY(1);

        private final int count;

        Channels(int count) {
            this.count = count;
        }

        /** How many planes. */
        public int count() {
            return count;
        }
    }

    private static final float GREY_RED = 0.299f;
    private static final float GREY_GREEN = 0.587f;
    private static final float GREY_BLUE = 0.114f;

    private final Channels channels;
    private final int width;
    private final int height;
    private final float mean;
    private final float divisor;
    private final float[] values;

    /**
     * Makes planes of zeros.
     *
     * @param mean pixel value that becomes 0
     * @param divisor what the difference to the mean is divided by
     */
    public Planes(Channels channels, int width, int height, float mean, float divisor) {
        this.channels = channels;
        this.width = width;
        this.height = height;
        this.mean = mean;
        this.divisor = divisor;
        this.values = new float[channels.count * width * height];
    }

    /** Makes planes with the manifest's channels, mean and divisor. */
    public static Planes of(ModelSpec spec, int width, int height) {
        return new Planes(
                spec.choice("channels", Channels.class), width, height, (float) spec.decimal("mean", 0, 255), (float)
                        spec.decimal("divisor", 1e-3, 1000));
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The planes one after another, each row by row: the layout NCHW for a batch of one. Shared, not copied. */
    public float[] values() {
        return values;
    }

    /** Sets every pixel to the same value, 0…255 for each channel. */
    public void fill(float value) {
        Arrays.fill(values, (value - mean) / divisor);
    }

    /**
     * Sets pixels along a line.
     *
     * @param start index of the first pixel in a plane
     * @param step from each pixel to the next: 1 along a row, {@link #width()} down a column, or backwards
     * @param pixels red, green and blue of each pixel, as multiples of {@code unit}
     * @param unit the number that represents the pixel value 1
     * @param count how many pixels
     */
    void setLine(int start, int step, int[] pixels, float unit, int count) {
        float[] out = values;
        float factor = 1 / (unit * divisor);
        float shift = mean / divisor;
        if (channels == Channels.GREY) {
            for (int x = 0, in = 0, at = start; x < count; x++, in += 3, at += step) {
                float grey = GREY_RED * pixels[in] + GREY_GREEN * pixels[in + 1] + GREY_BLUE * pixels[in + 2];
                out[at] = grey * factor - shift;
            }
            return;
        }
        int plane = width * height;
        int redAt = channels == Channels.RGB ? start : start + 2 * plane;
        int greenAt = start + plane;
        int blueAt = channels == Channels.RGB ? start + 2 * plane : start;
        for (int x = 0, in = 0, at = 0; x < count; x++, in += 3, at += step) {
            out[redAt + at] = pixels[in] * factor - shift;
            out[greenAt + at] = pixels[in + 1] * factor - shift;
            out[blueAt + at] = pixels[in + 2] * factor - shift;
        }
    }

    /** The green plane as pixel values 0…255, row by row; of a grey picture its only plane. */
    public byte[] greenPixels() {
        int from = channels == Channels.GREY ? 0 : width * height;
        byte[] pixels = new byte[width * height];
        for (int i = 0; i < pixels.length; i++) {
            int value = Math.round(values[from + i] * divisor + mean);
            pixels[i] = (byte) Math.max(0, Math.min(255, value));
        }
        return pixels;
    }

    /** A value of the green plane, which carries most of the luminance. */
    public float greenAt(int x, int y) {
        return values[(height + y) * width + x];
    }

    /** Whether there is a plane for each colour. */
    boolean coloured() {
        return channels != Channels.GREY;
    }

    /**
     * Sets the first pixels of a row to the means of blocks of two by two.
     *
     * @param pixels interleaved bytes in the order red, green, blue
     * @param upper where the blocks' upper row begins
     * @param lower where their lower row begins
     * @param count how many blocks
     */
    void setHalvedRow(int y, byte[] pixels, int upper, int lower, int count) {
        float[] out = values;
        float factor = 1 / (4 * divisor);
        float shift = mean / divisor;
        int plane = width * height;
        int at = y * width;
        int redAt = channels == Channels.RGB ? at : at + 2 * plane;
        int greenAt = at + plane;
        int blueAt = channels == Channels.RGB ? at + 2 * plane : at;
        for (int x = 0, a = upper, b = lower; x < count; x++, a += 6, b += 6) {
            int red = (pixels[a] & 0xFF) + (pixels[a + 3] & 0xFF) + (pixels[b] & 0xFF) + (pixels[b + 3] & 0xFF);
            int green =
                    (pixels[a + 1] & 0xFF) + (pixels[a + 4] & 0xFF) + (pixels[b + 1] & 0xFF) + (pixels[b + 4] & 0xFF);
            int blue =
                    (pixels[a + 2] & 0xFF) + (pixels[a + 5] & 0xFF) + (pixels[b + 2] & 0xFF) + (pixels[b + 5] & 0xFF);
            out[redAt + x] = red * factor - shift;
            out[greenAt + x] = green * factor - shift;
            out[blueAt + x] = blue * factor - shift;
        }
    }
}
