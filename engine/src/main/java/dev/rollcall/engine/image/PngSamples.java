package dev.rollcall.engine.image;

import dev.rollcall.engine.image.PngHeader.Color;
import java.io.IOException;
import java.util.Arrays;

/** Converts the samples of a PNG row to pixels of 8 bits per channel. Safe for use by several threads. */
final class PngSamples {

    private static final int OPAQUE = 0xFF000000;
    private static final int GREY_TO_RGB = 0x010101;
    private static final int LARGEST_16 = 0xFFFF;

    private final Color color;
    private final int depth;
    private final int start;
    private final int[] palette;
    /** The sample or samples of the one transparent colour, or -1. */
    private final long transparent;

    /**
     * Reads palette and transparency.
     *
     * @param start index of the first pixel in a row
     * @throws IOException if the palette is missing
     */
    PngSamples(PngHeader header, PngData data, int start) throws IOException {
        this.color = header.color();
        this.depth = header.depth();
        this.start = start;
        this.palette = color == Color.PALETTE ? palette(data) : new int[0];
        this.transparent =
                color == Color.GREY || color == Color.RGB ? transparent(data.transparency(), color.samples()) : -1;
    }

    /** Whether rows have the layout of {@link Image}. */
    boolean areRgbBytes() {
        return color == Color.RGB && depth == 8 && transparent < 0;
    }

    /**
     * A pixel: alpha, red, green, blue from the highest byte to the lowest. An index beyond the palette is
     * black.
     */
    int argb(byte[] row, int index) {
        int at = index * color.samples();
        return switch (color) {
            case PALETTE -> palette[sample(row, at)];
            case GREY -> (sample(row, at) == transparent ? 0 : OPAQUE) | toByte(sample(row, at)) * GREY_TO_RGB;
            case GREY_ALPHA -> toByte(sample(row, at + 1)) << 24 | toByte(sample(row, at)) * GREY_TO_RGB;
            case RGB -> (isTransparent(row, at) ? 0 : OPAQUE) | rgb(row, at);
            case RGB_ALPHA -> toByte(sample(row, at + 3)) << 24 | rgb(row, at);
        };
    }

    private int rgb(byte[] row, int at) {
        return toByte(sample(row, at)) << 16 | toByte(sample(row, at + 1)) << 8 | toByte(sample(row, at + 2));
    }

    private boolean isTransparent(byte[] row, int at) {
        return transparent >= 0
                && transparent
                        == ((long) sample(row, at) << 32 | (long) sample(row, at + 1) << 16 | sample(row, at + 2));
    }

    private int sample(byte[] row, int at) {
        if (depth == 8) {
            return row[start + at] & 0xFF;
        }
        if (depth == 16) {
            return (row[start + 2 * at] & 0xFF) << 8 | (row[start + 2 * at + 1] & 0xFF);
        }
        int bit = at * depth;
        return (row[start + bit / 8] >> (8 - depth - bit % 8)) & ((1 << depth) - 1);
    }

    private int toByte(int sample) {
        return switch (depth) {
            case 8 -> sample;
            case 16 -> (sample * 255 + LARGEST_16 / 2) / LARGEST_16;
            default -> sample * 255 / ((1 << depth) - 1);
        };
    }

    private static int[] palette(PngData data) throws IOException {
        byte[] colors = data.palette();
        byte[] alphas = data.transparency();
        if (colors.length == 0) {
            throw new IOException("no palette");
        }
        int[] palette = new int[1 << 8];
        Arrays.fill(palette, OPAQUE);
        for (int i = 0; i < colors.length / 3; i++) {
            int alpha = i < alphas.length ? alphas[i] & 0xFF : 255;
            palette[i] = alpha << 24
                    | (colors[3 * i] & 0xFF) << 16
                    | (colors[3 * i + 1] & 0xFF) << 8
                    | (colors[3 * i + 2] & 0xFF);
        }
        return palette;
    }

    private static long transparent(byte[] chunk, int samples) {
        if (chunk.length < 2 * samples) {
            return -1;
        }
        long key = 0;
        for (int i = 0; i < samples; i++) {
            key = key << 16 | (chunk[2 * i] & 0xFF) << 8 | (chunk[2 * i + 1] & 0xFF);
        }
        return key;
    }
}
