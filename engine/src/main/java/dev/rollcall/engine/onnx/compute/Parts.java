package dev.rollcall.engine.onnx.compute;

/** How work is divided. */
final class Parts {

    /** A part takes some 20 microseconds; taking one takes less than one. */
    private static final long SMALLEST = 500_000;

    private static final int MOST = 8;

    private Parts() {}

    /**
     * A number of parts.
     *
     * @param multiplications how much work it is, in multiplications of a convolution
     * @param most how many parts there can be
     */
    static int of(long multiplications, int most) {
        return (int) Math.max(1, Math.min(Math.min(MOST, most), multiplications / SMALLEST));
    }

    /** The first of several items that belongs to a part; for the part after the last one, the number of items. */
    static int start(int items, int part, int parts) {
        return (int) ((long) items * part / parts);
    }
}
