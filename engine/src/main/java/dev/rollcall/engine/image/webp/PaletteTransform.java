package dev.rollcall.engine.image.webp;

import java.io.IOException;

/**
 * The transform that replaced up to 256 colours by their indices, up to eight in the green of one pixel (RFC 9649,
 * section 3.5.4). Indices beyond the palette are transparent. Safe for use by several threads.
 */
final class PaletteTransform implements Transform {

    private static final int LARGEST = 256;

    private final int width;
    /** 2<sup>bits</sup> indices are in one pixel. */
    private final int bits;

    private final int[] colors = new int[LARGEST];

    /**
     * Reads the palette.
     *
     * @param width in pixels before the transform
     */
    PaletteTransform(BitReader in, int width) throws IOException {
        this.width = width;
        int size = 1 + in.read(8);
        this.bits = size > 16 ? 0 : size > 4 ? 1 : size > 2 ? 2 : 3;
        int[] differences = CodedPixels.all(in, size, 1);
        int color = 0;
        for (int i = 0; i < size; i++) {
            color = Transform.add(color, differences[i]);
            colors[i] = color;
        }
    }

    /** How many pixels hold a row's indices. */
    int packedWidth() {
        return Transform.regions(width, bits);
    }

    @Override
    public void undo(int[] row) {
        int size = 8 >> bits;
        for (int x = width - 1; x >= 0; x--) {
            int packed = (row[x >> bits] >> 8) & 0xFF;
            int place = x & ((1 << bits) - 1);
            row[x] = colors[(packed >> (place * size)) & ((1 << size) - 1)];
        }
    }
}
