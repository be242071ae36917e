package dev.rollcall.engine.image.webp;

import java.util.Arrays;

/**
 * Reads how each macroblock of a key frame is predicted (RFC 6386, sections 8 and 11), from left to right and top to
 * bottom. Not safe for use by several threads at once.
 */
final class ModeReader {

    /** Modes of whole macroblocks and of 4×4 blocks; the order is that of {@link LossyTables#BLOCK_MODES}. */
    static final int DC = 0;

    static final int TRUE_MOTION = 1;
    static final int VERTICAL = 2;
    static final int HORIZONTAL = 3;

    private static final int RIGHT_DOWN = 4;
    private static final int VERTICAL_RIGHT = 5;
    private static final int LEFT_DOWN = 6;
    private static final int VERTICAL_LEFT = 7;
    private static final int HORIZONTAL_DOWN = 8;
    private static final int HORIZONTAL_UP = 9;
    private static final int MODES = 10;
    private static final int BRANCHES = 9;

    private final LossyHeader header;
    private final BoolDecoder in;
    private final int[] above;
    private final int[] left = new int[4];
    private final int[] blocks = new int[16];
    private int segment;
    private boolean skipped;
    private boolean inBlocks;
    private int luma;
    private int chroma;

    /**
     * Begins with the first macroblock.
     *
     * @param columns how many macroblocks a row has
     */
    ModeReader(LossyHeader header, int columns) {
        this.header = header;
        this.in = header.modes();
        this.above = new int[4 * columns];
    }

    void beginRow() {
        Arrays.fill(left, DC);
    }

    /** Reads the modes of the next macroblock of a row. */
    void next(int column) {
        segment = header.readSegment();
        skipped = header.readSkip();
        inBlocks = in.bit(145) == 0;
        if (inBlocks) {
            readBlocks(4 * column);
        } else {
            luma = in.bit(156) == 1 ? in.bit(128) == 1 ? TRUE_MOTION : HORIZONTAL : in.bit(163) == 1 ? VERTICAL : DC;
            Arrays.fill(above, 4 * column, 4 * column + 4, luma);
            Arrays.fill(left, luma);
        }
        chroma = readChroma();
    }

    private void readBlocks(int column) {
        for (int y = 0; y < 4; y++) {
            int mode = left[y];
            for (int x = 0; x < 4; x++) {
                mode = readBlock((above[column + x] * MODES + mode) * BRANCHES);
                above[column + x] = mode;
                blocks[4 * y + x] = mode;
            }
            left[y] = mode;
        }
    }

    private int readBlock(int at) {
        int[] p = LossyTables.BLOCK_MODES;
        if (in.bit(p[at]) == 0) {
            return DC;
        }
        if (in.bit(p[at + 1]) == 0) {
            return TRUE_MOTION;
        }
        if (in.bit(p[at + 2]) == 0) {
            return VERTICAL;
        }
        if (in.bit(p[at + 3]) == 0) {
            if (in.bit(p[at + 4]) == 0) {
                return HORIZONTAL;
            }
            return in.bit(p[at + 5]) == 0 ? RIGHT_DOWN : VERTICAL_RIGHT;
        }
        if (in.bit(p[at + 6]) == 0) {
            return LEFT_DOWN;
        }
        if (in.bit(p[at + 7]) == 0) {
            return VERTICAL_LEFT;
        }
        return in.bit(p[at + 8]) == 0 ? HORIZONTAL_DOWN : HORIZONTAL_UP;
    }

    private int readChroma() {
        if (in.bit(142) == 0) {
            return DC;
        }
        if (in.bit(114) == 0) {
            return VERTICAL;
        }
        return in.bit(183) == 1 ? TRUE_MOTION : HORIZONTAL;
    }

    int segment() {
        return segment;
    }

    /** Whether the macroblock has no coefficients. */
    boolean skipped() {
        return skipped;
    }

    /** Whether each 4×4 block of luma is predicted by itself. */
    boolean inBlocks() {
        return inBlocks;
    }

    /** The modes of the 4×4 blocks of luma, row by row; overwritten by the next macroblock that has some. */
    int[] blocks() {
        return blocks;
    }

    /** The mode of the luma of a macroblock that is not predicted in blocks. */
    int luma() {
        return luma;
    }

    int chroma() {
        return chroma;
    }
}
