package dev.rollcall.engine.image.webp;

import java.io.EOFException;
import java.io.IOException;

/** The header of a VP8 key frame (RFC 6386, sections 9 and 19.2). */
final class LossyHeader {

    static final int SEGMENTS = 4;
    private static final int TAG_BYTES = 10;
    private static final int LARGEST_INDEX = 127;
    private static final int LARGEST_LEVEL = 63;
    private static final int LARGEST_CHROMA_DC_INDEX = 117;

    /** The steps by which a segment's coefficients are multiplied: first and other ones of three kinds. */
    record Steps(int lumaDc, int lumaAc, int sumsDc, int sumsAc, int chromaDc, int chromaAc) {}

    private final byte[] data;
    private final int width;
    private final int height;
    private final BoolDecoder modes;
    private final BoolDecoder[] partitions;

    private boolean segmented;
    private boolean segmentsMapped;
    private boolean segmentsAbsolute;
    private final int[] segmentQuantizers = new int[SEGMENTS];
    private final int[] segmentLevels = new int[SEGMENTS];
    private final int[] segmentTree = {255, 255, 255};
    private boolean simpleFilter;
    private int filterLevel;
    private int sharpness;
    private int intraDelta;
    private int blockModeDelta;
    private final Steps[] steps = new Steps[SEGMENTS];
    private final int[] coefficients = LossyTables.COEFFICIENTS.clone();
    private int skipProbability = -1;

    /**
     * Reads the header.
     *
     * @param from where in the data the frame begins
     * @param to where it ends
     * @throws IOException if it is damaged or cut off
     */
    LossyHeader(byte[] data, int from, int to) throws IOException {
        this.data = data;
        if (to - from < TAG_BYTES) {
            throw new EOFException("frame header cut off");
        }
        int tag = (data[from] & 0xFF) | (data[from + 1] & 0xFF) << 8 | (data[from + 2] & 0xFF) << 16;
        boolean started = data[from + 3] == (byte) 0x9D && data[from + 4] == 0x01 && data[from + 5] == 0x2A;
        if ((tag & 1) != 0 || ((tag >> 4) & 1) == 0 || !started) {
            throw new IOException("no key frame that is shown");
        }
        width = ((data[from + 6] & 0xFF) | (data[from + 7] & 0xFF) << 8) & 0x3FFF;
        height = ((data[from + 8] & 0xFF) | (data[from + 9] & 0xFF) << 8) & 0x3FFF;
        int firstPartition = from + TAG_BYTES;
        int others = firstPartition + (tag >> 5);
        if (width == 0 || height == 0 || others > to) {
            throw new EOFException("first partition cut off");
        }
        modes = new BoolDecoder(data, firstPartition, others);
        modes.number(
                2); // the colour space, of which there is one, and whether clamping is needed, which is done anyway
        readSegments();
        readFilter();
        partitions = partitions(1 << modes.number(2), others, to);
        readSteps();
        modes.flag(); // whether the probabilities hold for later frames, of which there are none
        readProbabilities();
    }

    private void readSegments() {
        segmented = modes.flag();
        if (!segmented) {
            return;
        }
        segmentsMapped = modes.flag();
        if (modes.flag()) {
            segmentsAbsolute = modes.flag();
            for (int i = 0; i < SEGMENTS; i++) {
                segmentQuantizers[i] = modes.optionalSigned(7);
            }
            for (int i = 0; i < SEGMENTS; i++) {
                segmentLevels[i] = modes.optionalSigned(6);
            }
        }
        for (int i = 0; segmentsMapped && i < segmentTree.length; i++) {
            segmentTree[i] = modes.flag() ? modes.number(8) : 255;
        }
    }

    private void readFilter() {
        simpleFilter = modes.flag();
        filterLevel = modes.number(6);
        sharpness = modes.number(3);
        boolean adjusted = modes.flag();
        if (!adjusted || !modes.flag()) {
            return;
        }
        int[] deltas = new int[8];
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] = modes.optionalSigned(6);
        }
        intraDelta = deltas[0];
        blockModeDelta = deltas[4];
    }

    private BoolDecoder[] partitions(int count, int from, int to) throws IOException {
        int at = from + 3 * (count - 1);
        if (at > to) {
            throw new EOFException("partitions cut off");
        }
        BoolDecoder[] found = new BoolDecoder[count];
        for (int i = 0; i < count; i++) {
            int sizeAt = from + 3 * i;
            int size = i == count - 1
                    ? to - at
                    : (data[sizeAt] & 0xFF) | (data[sizeAt + 1] & 0xFF) << 8 | (data[sizeAt + 2] & 0xFF) << 16;
            int end = Math.min(to, at + size);
            found[i] = new BoolDecoder(data, at, end);
            at = end;
        }
        return found;
    }

    private void readSteps() {
        int base = modes.number(7);
        int[] deltas = new int[5];
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] = modes.optionalSigned(4);
        }
        for (int i = 0; i < SEGMENTS; i++) {
            int index = base;
            if (segmented) {
                index = segmentQuantizers[i] + (segmentsAbsolute ? 0 : base);
            }
            steps[i] = new Steps(
                    dc(index + deltas[0], LARGEST_INDEX),
                    ac(index),
                    2 * dc(index + deltas[1], LARGEST_INDEX),
                    Math.max(8, ac(index + deltas[2]) * 155 / 100),
                    dc(index + deltas[3], LARGEST_CHROMA_DC_INDEX),
                    ac(index + deltas[4]));
        }
    }

    private static int dc(int index, int largest) {
        return LossyTables.DC_STEPS[Math.max(0, Math.min(largest, index))];
    }

    private static int ac(int index) {
        return LossyTables.AC_STEPS[Math.max(0, Math.min(LARGEST_INDEX, index))];
    }

    private void readProbabilities() {
        for (int i = 0; i < coefficients.length; i++) {
            if (modes.bit(LossyTables.COEFFICIENT_UPDATES[i]) == 1) {
                coefficients[i] = modes.number(8);
            }
        }
        if (modes.flag()) {
            skipProbability = modes.number(8);
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The first partition, from the macroblocks' modes on. */
    BoolDecoder modes() {
        return modes;
    }

    /** The partition with the coefficients of a row of macroblocks. */
    BoolDecoder partition(int row) {
        return partitions[row & (partitions.length - 1)];
    }

    /** Reads which segment the next macroblock belongs to. */
    int readSegment() {
        if (!segmentsMapped) {
            return 0;
        }
        return modes.bit(segmentTree[0]) == 0 ? modes.bit(segmentTree[1]) : 2 + modes.bit(segmentTree[2]);
    }

    /** Reads whether the next macroblock has no coefficients. */
    boolean readSkip() {
        return skipProbability >= 0 && modes.bit(skipProbability) == 1;
    }

    Steps steps(int segment) {
        return steps[segment];
    }

    /** Probabilities of coefficients' tokens, as {@link LossyTables#COEFFICIENTS}. */
    int[] coefficients() {
        return coefficients;
    }

    boolean simpleFilter() {
        return simpleFilter;
    }

    int sharpness() {
        return sharpness;
    }

    /** Whether there is a loop filter. */
    boolean filtered() {
        return filterLevel > 0;
    }

    /** Level of the loop filter for a macroblock, 0…63 (section 9.6). */
    int filterLevel(int segment, boolean inBlocks) {
        int level = filterLevel;
        if (segmented) {
            level = segmentLevels[segment] + (segmentsAbsolute ? 0 : filterLevel);
        }
        level += intraDelta + (inBlocks ? blockModeDelta : 0);
        return Math.max(0, Math.min(LARGEST_LEVEL, level));
    }
}
