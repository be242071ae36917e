package dev.rollcall.engine.image.webp;

import java.util.Arrays;

/**
 * Reads the coefficients of macroblocks (RFC 6386, section 13), multiplied by their steps. Not safe for use by several
 * threads at once.
 */
final class CoefficientReader {

    /** Blocks of a macroblock: 16 of luma, 4 of each chroma channel. */
    static final int BLOCKS = 24;

    private static final int SIZE = 16;
    private static final int LUMA_BLOCKS = 16;
    private static final int BRANCHES = 11;
    private static final int BAND = 3 * BRANCHES;
    private static final int TYPE = 8 * BAND;
    private static final int LUMA_WITHOUT_FIRST = 0;
    private static final int SUMS = 1;
    private static final int CHROMA = 2;
    private static final int LUMA = 3;
    /** Contexts of a macroblock's side: 4 of luma, 2 of each chroma channel, 1 of the sums. */
    private static final int CONTEXTS = 9;

    private static final int SUMS_CONTEXT = 8;
    private static final int[][] EXTRA_BITS = {
        {173, 148, 140},
        {176, 155, 140, 135},
        {180, 157, 141, 134, 130},
        {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
    };

    private final int[] probabilities;
    private final int[] above;
    private final int[] left = new int[CONTEXTS];
    private final int[] values = new int[BLOCKS * SIZE];
    private final int[] sums = new int[SIZE];
    private boolean any;

    CoefficientReader(LossyHeader header, int columns) {
        this.probabilities = header.coefficients();
        this.above = new int[columns * CONTEXTS];
    }

    void beginRow() {
        Arrays.fill(left, 0);
    }

    /** Records a macroblock without coefficients. */
    void skip(int column, boolean inBlocks) {
        Arrays.fill(values, 0);
        any = false;
        int count = inBlocks ? SUMS_CONTEXT : CONTEXTS;
        Arrays.fill(left, 0, count, 0);
        Arrays.fill(above, column * CONTEXTS, column * CONTEXTS + count, 0);
    }

    /** Reads the coefficients of a row's next macroblock. */
    void next(BoolDecoder in, int column, boolean inBlocks, LossyHeader.Steps steps) {
        Arrays.fill(values, 0);
        any = false;
        int top = column * CONTEXTS;
        if (!inBlocks) {
            Arrays.fill(sums, 0);
            int context = above[top + SUMS_CONTEXT] + left[SUMS_CONTEXT];
            int end = read(in, SUMS * TYPE, context, 0, sums, 0, steps.sumsDc(), steps.sumsAc());
            above[top + SUMS_CONTEXT] = left[SUMS_CONTEXT] = end > 0 ? 1 : 0;
            InverseTransform.sums(sums, values);
        }
        int first = inBlocks ? 0 : 1;
        int type = inBlocks ? LUMA : LUMA_WITHOUT_FIRST;
        readPlane(in, type * TYPE, first, top, 0, 4, 0, steps.lumaDc(), steps.lumaAc());
        readPlane(in, CHROMA * TYPE, 0, top, 4, 2, LUMA_BLOCKS, steps.chromaDc(), steps.chromaAc());
        readPlane(in, CHROMA * TYPE, 0, top, 6, 2, LUMA_BLOCKS + 4, steps.chromaDc(), steps.chromaAc());
    }

    private void readPlane(
            BoolDecoder in, int type, int first, int top, int context, int side, int block, int dc, int ac) {
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int at = (block + y * side + x) * SIZE;
                int contexts = above[top + context + x] + left[context + y];
                int end = read(in, type, contexts, first, values, at, dc, ac);
                above[top + context + x] = left[context + y] = end > first ? 1 : 0;
                any |= end > first || values[at] != 0;
            }
        }
    }

    /** Reads one block and returns the index after its last coefficient. */
    private int read(BoolDecoder in, int type, int context, int first, int[] out, int at, int dc, int ac) {
        int[] p = probabilities;
        int[] bands = LossyTables.BANDS;
        int place = first;
        int node = type + bands[place] * BAND + context * BRANCHES;
        while (place < SIZE) {
            if (in.bit(p[node]) == 0) {
                return place;
            }
            while (in.bit(p[node + 1]) == 0) {
                place++;
                if (place == SIZE) {
                    return SIZE;
                }
                node = type + bands[place] * BAND;
            }
            int value = 1;
            int next = type + bands[place + 1] * BAND + BRANCHES;
            if (in.bit(p[node + 2]) == 1) {
                value = large(in, p, node);
                next += BRANCHES;
            }
            int step = place == 0 ? dc : ac;
            out[at + LossyTables.ZIGZAG[place]] = in.flag() ? -value * step : value * step;
            node = next;
            place++;
        }
        return SIZE;
    }

    private static int large(BoolDecoder in, int[] p, int node) {
        if (in.bit(p[node + 3]) == 0) {
            return in.bit(p[node + 4]) == 0 ? 2 : 3 + in.bit(p[node + 5]);
        }
        if (in.bit(p[node + 6]) == 0) {
            if (in.bit(p[node + 7]) == 0) {
                return 5 + in.bit(159);
            }
            return 7 + 2 * in.bit(165) + in.bit(145);
        }
        int high = in.bit(p[node + 8]);
        int category = 2 * high + in.bit(p[node + 9 + high]);
        int extra = 0;
        for (int probability : EXTRA_BITS[category]) {
            extra = 2 * extra + in.bit(probability);
        }
        return 3 + (8 << category) + extra;
    }

    /** The macroblock's coefficients, 16 of each block, rows from top to bottom; overwritten by the next one. */
    int[] values() {
        return values;
    }

    /** Whether the macroblock has a coefficient. */
    boolean any() {
        return any;
    }
}
