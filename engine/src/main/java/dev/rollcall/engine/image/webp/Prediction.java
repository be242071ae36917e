package dev.rollcall.engine.image.webp;

import java.util.Arrays;

/**
 * Predicts samples from those above and to the left (RFC 6386, section 12). The samples lie in rows of {@link
 * #STRIDE}, each 0 to 255; the row above a block, the column to its left and the corner between them must be set.
 */
final class Prediction {

    /** Samples from one row to the next. */
    static final int STRIDE = 32;

    /**
     * How many samples along the edge of a 4×4 block the directional modes look at: from the lowest on the left, which
     * counts twice, up to the corner and on to the eighth above, which counts twice as well.
     */
    private static final int EDGE = 15;

    /**
     * What each sample of a block is in the directional modes, by mode and row by row: {@code A} the mean of places 0
     * to 2 along the edge, the middle one counting twice, {@code B} that of places 1 to 3; {@code a} the mean of
     * places 0 and 1, {@code b} that of places 1 and 2.
     */
    private static final String[] DIRECTIONS = {
        "", // mean of the edge
        "", // true motion
        "FGHIFGHIFGHIFGHI", // vertical
        "DDDDCCCCBBBBAAAA", // horizontal
        "EFGHDEFGCDEFBCDE", // right and down
        "fghiEFGHDfghCEFG", // steeply right and down
        "GHIJHIJKIJKLJKLM", // left and down
        "ghijGHIJhijKHIJL", // steeply left and down
        "eEFGdDeEcCdDbBcC", // flatly right and down
        "dCcBcBbAbAaaaaaa" // flatly right and up
    };

    private final int[] edge = new int[EDGE];

    /** Predicts a square of samples of a whole macroblock's channel. */
    static void square(int mode, int[] samples, int at, int side, boolean hasAbove, boolean hasLeft) {
        switch (mode) {
            case ModeReader.DC -> fill(samples, at, side, mean(samples, at, side, hasAbove, hasLeft));
            case ModeReader.TRUE_MOTION -> trueMotion(samples, at, side);
            case ModeReader.VERTICAL -> {
                for (int y = 0; y < side; y++) {
                    System.arraycopy(samples, at - STRIDE, samples, at + y * STRIDE, side);
                }
            }
            default -> {
                for (int y = 0; y < side; y++) {
                    int row = at + y * STRIDE;
                    Arrays.fill(samples, row, row + side, samples[row - 1]);
                }
            }
        }
    }

    private static int mean(int[] samples, int at, int side, boolean hasAbove, boolean hasLeft) {
        if (!hasAbove && !hasLeft) {
            return 128;
        }
        int sum = 0;
        for (int i = 0; i < side; i++) {
            sum += hasAbove ? samples[at - STRIDE + i] : samples[at - 1 + i * STRIDE];
            sum += hasLeft ? samples[at - 1 + i * STRIDE] : samples[at - STRIDE + i];
        }
        return (sum + side) / (2 * side);
    }

    private static void fill(int[] samples, int at, int side, int value) {
        for (int y = 0; y < side; y++) {
            Arrays.fill(samples, at + y * STRIDE, at + y * STRIDE + side, value);
        }
    }

    private static void trueMotion(int[] samples, int at, int side) {
        int corner = samples[at - STRIDE - 1];
        for (int y = 0; y < side; y++) {
            int row = at + y * STRIDE;
            int base = samples[row - 1] - corner;
            for (int x = 0; x < side; x++) {
                int value = base + samples[at - STRIDE + x];
                samples[row + x] = value < 0 ? 0 : Math.min(value, 255);
            }
        }
    }

    /** Predicts a 4×4 block, for which eight samples above must be set. */
    void block(int mode, int[] samples, int at) {
        if (mode == ModeReader.DC) {
            fill(samples, at, 4, mean(samples, at, 4, true, true));
        } else if (mode == ModeReader.TRUE_MOTION) {
            trueMotion(samples, at, 4);
        } else {
            direction(DIRECTIONS[mode], samples, at);
        }
    }

    private void direction(String means, int[] samples, int at) {
        for (int i = 0; i < 4; i++) {
            edge[4 - i] = samples[at - 1 + i * STRIDE];
        }
        edge[0] = edge[1];
        System.arraycopy(samples, at - STRIDE - 1, edge, 5, 9);
        edge[EDGE - 1] = edge[EDGE - 2];
        for (int i = 0; i < 16; i++) {
            char name = means.charAt(i);
            samples[at + i / 4 * STRIDE + i % 4] = name >= 'a' ? ofTwo(name - 'a') : ofThree(name - 'A');
        }
    }

    private int ofTwo(int place) {
        return (edge[place] + edge[place + 1] + 1) >> 1;
    }

    private int ofThree(int place) {
        return (edge[place] + 2 * edge[place + 1] + edge[place + 2] + 2) >> 2;
    }
}
