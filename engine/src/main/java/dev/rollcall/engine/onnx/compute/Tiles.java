package dev.rollcall.engine.onnx.compute;

/**
 * How a row of numbers is cut into parts of about the same length, so that the rows that are multiplied stay in the processor's
 * cache.
 *
 * @param length the row's length
 * @param tile the length of each part except the last
 */
record Tiles(int length, int tile) {

    /** Numbers of all rows of a part: 256 kB. */
    private static final int CACHED = 65_536;

    private static final int SHORTEST = 128;
    private static final int LONGEST = 1024;
    private static final int MULTIPLE = 16;

    static Tiles of(int length, int rows) {
        int most = Math.max(SHORTEST, Math.min(LONGEST, CACHED / rows));
        int count = (length + most - 1) / most;
        int even = (length + count - 1) / count;
        return new Tiles(length, Math.min(length, (even + MULTIPLE - 1) / MULTIPLE * MULTIPLE));
    }

    int count() {
        return (length + tile - 1) / tile;
    }

    int start(int index) {
        return index * tile;
    }

    int size(int index) {
        return Math.min(tile, length - index * tile);
    }
}
