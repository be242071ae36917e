package dev.rollcall.engine;

import java.util.Arrays;

/** An aligned face in grey, by which pictures of one moment are compared. Immutable. */
public final class AlignedFace {

    /** Width and height in pixels. */
    public static final int SIDE = 112;

    private final byte[] pixels;

    /**
     * Copies pixels.
     *
     * @param pixels {@code SIDE × SIDE} values of 0…255, row by row
     */
    public AlignedFace(byte[] pixels) {
        if (pixels.length != SIDE * SIDE) {
            throw new IllegalArgumentException("not " + SIDE * SIDE + " pixels: " + pixels.length);
        }
        this.pixels = pixels.clone();
    }

    /**
     * The values after each pixel has been replaced by the mean of itself and its eight neighbours, against noise; the border stays.
     *
     * @param times how often
     */
    public float[] blurred(int times) {
        float[] values = values();
        for (int i = 0; i < times; i++) {
            values = blurred(values);
        }
        return values;
    }

    private static float[] blurred(float[] values) {
        float[] blurred = values.clone();
        for (int y = 1; y < SIDE - 1; y++) {
            for (int x = 1; x < SIDE - 1; x++) {
                float sum = 0;
                for (int at = (y - 1) * SIDE + x; at <= (y + 1) * SIDE + x; at += SIDE) {
                    sum += values[at - 1] + values[at] + values[at + 1];
                }
                blurred[y * SIDE + x] = sum / 9;
            }
        }
        return blurred;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AlignedFace face && Arrays.equals(pixels, face.pixels);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pixels);
    }

    /** Says nothing about the face, so that none gets into a log. */
    @Override
    public String toString() {
        return "AlignedFace[" + SIDE + "]";
    }

    /** The values as floats, row by row. */
    public float[] values() {
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels[i] & 0xFF;
        }
        return values;
    }
}
