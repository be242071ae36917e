package dev.rollcall.engine.image.webp;

import static dev.rollcall.engine.image.webp.Prediction.STRIDE;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes a VP8 key frame row by row of macroblocks, each of 16×16 pixels. Not safe for use by several threads at once.
 */
final class Macroblocks {

    private static final int SIDE = 16;
    private static final int HALF = SIDE / 2;
    private static final int ABOVE_FRAME = 127;
    private static final int LEFT_OF_FRAME = 129;

    /*
     * The current macroblock is stored in rows of STRIDE samples, each channel with the row above it and the column left
     * of it.
     */
    private static final int LUMA = STRIDE + 8;
    private static final int BLUE = 18 * STRIDE + 8;
    private static final int RED = BLUE + 16;
    private static final int SAMPLES = 27 * STRIDE;

    private final LossyHeader header;
    private final int columns;
    private final ModeReader modes;
    private final CoefficientReader coefficients;
    private final LossyPlanes planes;
    private final LoopFilter filter;
    private final Prediction prediction = new Prediction();
    private final int[] samples = new int[SAMPLES];
    /** The lowest samples of the row above before the loop filter. */
    private final int[] lumaAbove;

    private final int[] blueAbove;
    private final int[] redAbove;
    private final byte[] levels;
    private final boolean[] within;

    Macroblocks(LossyHeader header, LossyPlanes planes) {
        this.header = header;
        this.columns = (header.width() + SIDE - 1) / SIDE;
        this.modes = new ModeReader(header, columns);
        this.coefficients = new CoefficientReader(header, columns);
        this.planes = planes;
        this.filter = new LoopFilter(header.simpleFilter(), header.sharpness());
        this.lumaAbove = new int[columns * SIDE];
        this.blueAbove = new int[columns * HALF];
        this.redAbove = new int[columns * HALF];
        this.levels = new byte[columns];
        this.within = new boolean[columns];
    }

    /**
     * Decodes the next row into the lower row of the planes, and filters it.
     *
     * @param row from 0 on
     * @throws IOException if the data ends too early
     */
    void next(int row) throws IOException {
        BoolDecoder partition = header.partition(row);
        modes.beginRow();
        coefficients.beginRow();
        for (int column = 0; column < columns; column++) {
            modes.next(column);
            if (modes.skipped()) {
                coefficients.skip(column, modes.inBlocks());
            } else {
                coefficients.next(partition, column, modes.inBlocks(), header.steps(modes.segment()));
            }
            if (partition.overrun() || header.modes().overrun()) {
                throw new EOFException("partition cut off");
            }
            levels[column] = (byte) header.filterLevel(modes.segment(), modes.inBlocks());
            within[column] = modes.inBlocks() || coefficients.any();
            reconstruct(row, column);
        }
        for (int column = 0; header.filtered() && column < columns; column++) {
            filter.filter(planes, column, row == 0, levels[column], within[column]);
        }
    }

    private void reconstruct(int row, int column) {
        surround(LUMA, SIDE, lumaAbove, row, column);
        surround(BLUE, HALF, blueAbove, row, column);
        surround(RED, HALF, redAbove, row, column);
        if (modes.inBlocks()) {
            addAboveRight(row, column);
            int[] blocks = modes.blocks();
            for (int i = 0; i < blocks.length; i++) {
                int at = LUMA + i / 4 * 4 * STRIDE + i % 4 * 4;
                prediction.block(blocks[i], samples, at);
                InverseTransform.add(coefficients.values(), i * 16, samples, at, STRIDE);
            }
        } else {
            Prediction.square(modes.luma(), samples, LUMA, SIDE, row > 0, column > 0);
            addResidue(LUMA, 4, 0);
        }
        Prediction.square(modes.chroma(), samples, BLUE, HALF, row > 0, column > 0);
        addResidue(BLUE, 2, 16);
        Prediction.square(modes.chroma(), samples, RED, HALF, row > 0, column > 0);
        addResidue(RED, 2, 20);
        planes.put(column, samples, LUMA, BLUE, RED);
        System.arraycopy(samples, LUMA + (SIDE - 1) * STRIDE, lumaAbove, column * SIDE, SIDE);
        System.arraycopy(samples, BLUE + (HALF - 1) * STRIDE, blueAbove, column * HALF, HALF);
        System.arraycopy(samples, RED + (HALF - 1) * STRIDE, redAbove, column * HALF, HALF);
    }

    private void addResidue(int at, int side, int firstBlock) {
        for (int i = 0; i < side * side; i++) {
            int block = at + i / side * 4 * STRIDE + i % side * 4;
            InverseTransform.add(coefficients.values(), (firstBlock + i) * 16, samples, block, STRIDE);
        }
    }

    /**
     * Sets the samples above a channel and to its left: the last macroblock's, or the constants that replace those
     * beyond the frame.
     */
    private void surround(int at, int side, int[] above, int row, int column) {
        for (int y = -1; y < side; y++) {
            int left = at + y * STRIDE - 1;
            samples[left] = column > 0 ? samples[left + side] : LEFT_OF_FRAME;
        }
        if (row > 0) {
            System.arraycopy(above, column * side, samples, at - STRIDE, side);
        } else {
            Arrays.fill(samples, at - STRIDE - 1, at - STRIDE + side, ABOVE_FRAME);
        }
    }

    /** Sets the four samples above and to the right, which the blocks of the last column all share. */
    private void addAboveRight(int row, int column) {
        int at = LUMA - STRIDE + SIDE;
        int next = (column + 1) * SIDE;
        if (row == 0) {
            Arrays.fill(samples, at, at + 4, ABOVE_FRAME);
        } else if (column + 1 < columns) {
            System.arraycopy(lumaAbove, next, samples, at, 4);
        } else {
            Arrays.fill(samples, at, at + 4, lumaAbove[next - 1]);
        }
        for (int y = 4; y < SIDE; y += 4) {
            System.arraycopy(samples, at, samples, at + y * STRIDE, 4);
        }
    }
}
