package dev.rollcall.engine.image.webp;

import java.io.IOException;

/**
 * Which prefix codes the pixels of each square region of a VP8L picture are coded with. Safe for use by several
 * threads.
 */
final class RegionMap {

    /** One region with one kind of codes. */
    static final RegionMap ONE = new RegionMap(31, 1, new char[1], 1);

    private final int bits;
    private final int columns;
    private final char[] kindOf;
    private final int kinds;

    private RegionMap(int bits, int columns, char[] kindOf, int kinds) {
        this.bits = bits;
        this.columns = columns;
        this.kindOf = kindOf;
        this.kinds = kinds;
    }

    static RegionMap read(BitReader in, int width, int height) throws IOException {
        int bits = 2 + in.read(3);
        int columns = Transform.regions(width, bits);
        int[] pixels = CodedPixels.all(in, columns, Transform.regions(height, bits));
        char[] kindOf = new char[pixels.length];
        int last = 0;
        for (int i = 0; i < pixels.length; i++) {
            kindOf[i] = (char) (pixels[i] >> 8);
            last = Math.max(last, kindOf[i]);
        }
        return new RegionMap(bits, columns, kindOf, last + 1);
    }

    /** How many kinds of codes there are. */
    int kinds() {
        return kinds;
    }

    /** The kind of codes of the region that a pixel lies in. */
    int kind(int x, int y) {
        return kinds == 1 ? 0 : kindOf[(y >> bits) * columns + (x >> bits)];
    }
}
