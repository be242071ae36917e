package dev.rollcall.engine.image.webp;

/** A reversible change that a VP8L encoder makes to the pixels (RFC 9649, section 3.5), undone row by row. */
interface Transform {

    /**
     * Undoes the change in the next row.
     *
     * @param row the pixels, in its first places; overwritten
     */
    void undo(int[] row);

    /** How many regions of 2<sup>bits</sup> pixels cover a length. */
    static int regions(int length, int bits) {
        return (length + (1 << bits) - 1) >> bits;
    }

    /** Sums of each channel, modulo 256. */
    static int add(int one, int other) {
        return (((one & 0xFF00FF00) + (other & 0xFF00FF00)) & 0xFF00FF00)
                | (((one & 0x00FF00FF) + (other & 0x00FF00FF)) & 0x00FF00FF);
    }

    /** Green was subtracted from red and blue. */
    static Transform green(int width) {
        return row -> {
            for (int x = 0; x < width; x++) {
                int green = row[x] >> 8 & 0xFF;
                row[x] = add(row[x], green << 16 | green);
            }
        };
    }
}
