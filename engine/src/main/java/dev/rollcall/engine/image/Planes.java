package dev.rollcall.engine.image;

import java.util.Arrays;

/**
 * A model's input picture: one plane of floats per channel, each value {@code (v − mean) / divisor} of a pixel value
 * v in 0…255. Reused from picture to picture; not safe for use by several threads at once.
 */
public final class Planes {

    /** Which channels a model reads, in which order. */
    public enum Channels {
        RGB(3),
        BGR(3),
        /** 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). */
        GREY(1);

        private final int count;

        Channels(int count) {
            this.count = count;
        }
    }

    private static final float GREY_RED = 0.299f;
    private static final float GREY_GREEN = 0.587f;
    private static final float GREY_BLUE = 0.114f;

    private final Channels channels;
    private final int width;
    private final int height;
    private final float mean;
    private final float factor;
    private final float[] values;

    /**
     * Makes planes of black.
     *
     * @param mean pixel value that becomes 0
     * @param divisor what the difference to the mean is divided by
     */
    public Planes(Channels channels, int width, int height, float mean, float divisor) {
        this.channels = channels;
        this.width = width;
        this.height = height;
        this.mean = mean;
        this.factor = 1 / divisor;
        this.values = new float[channels.count * width * height];
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
        Arrays.fill(values, (value - mean) * factor);
    }

    /** Sets the pixel at column x of row y, channels 0…255. */
    void set(int x, int y, float red, float green, float blue) {
        int at = y * width + x;
        int plane = width * height;
        switch (channels) {
            case RGB -> {
                values[at] = (red - mean) * factor;
                values[at + plane] = (green - mean) * factor;
                values[at + 2 * plane] = (blue - mean) * factor;
            }
            case BGR -> {
                values[at] = (blue - mean) * factor;
                values[at + plane] = (green - mean) * factor;
                values[at + 2 * plane] = (red - mean) * factor;
            }
            case GREY -> values[at] = (GREY_RED * red + GREY_GREEN * green + GREY_BLUE * blue - mean) * factor;
        }
    }
}
