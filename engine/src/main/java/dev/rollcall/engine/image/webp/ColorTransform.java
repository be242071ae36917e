package dev.rollcall.engine.image.webp;

import java.io.IOException;

/**
 * The transform that subtracted multiples of green from red, and of green and red from blue, with factors by region
 * (RFC 9649, section 3.5.2). Not safe for use by several threads at once.
 */
final class ColorTransform implements Transform {

    private final int width;
    private final int bits;
    private final int columns;
    private final int[] factors;
    private int y;

    ColorTransform(BitReader in, int width, int height) throws IOException {
        this.width = width;
        this.bits = 2 + in.read(3);
        this.columns = Transform.regions(width, bits);
        this.factors = CodedPixels.all(in, columns, Transform.regions(height, bits));
    }

    @Override
    public void undo(int[] row) {
        int regions = (y >> bits) * columns;
        for (int x = 0; x < width; x++) {
            int factor = factors[regions + (x >> bits)];
            int pixel = row[x];
            int green = (byte) (pixel >> 8);
            int red = ((pixel >> 16) + part((byte) factor, green)) & 0xFF;
            int blue = (pixel + part((byte) (factor >> 8), green) + part((byte) (factor >> 16), (byte) red)) & 0xFF;
            row[x] = (pixel & 0xFF00FF00) | red << 16 | blue;
        }
        y++;
    }

    /** The product of two signed numbers, the first in 1/32. */
    private static int part(int factor, int value) {
        return (factor * value) >> 5;
    }
}
