package dev.rollcall.engine.onnx.compute;

/** The inner loops, on which nearly all of the time is spent. Each reads and writes the first n places of its arrays. */
final class Kernels {

    /*
     * The C2 compiler makes vector instructions of a loop if all arrays are read and written at the loop's own index, and if the
     * loop's body is small enough to be unrolled: a product of two rows with three is (24 billion multiplications a second on
     * one core, on OpenJDK 17 and 25), of four rows with four isn't (5 billion), nor is one of three places of one array (5 billion).
     * So the rows of a matrix are arrays of their own. Math.fma would be no faster here, and is a hundred times slower on processors
     * without that instruction.
     */

    /** How many terms each kernel adds to a sum. */
    static final int TERMS = 3;

    private static final float HALF = 0.5f;

    private Kernels() {}

    /**
     * Adds three weighted rows to each of two sums.
     *
     * @param weights from the index {@code at} on: three weights of the first sum, then three of the second
     */
    static void addToTwo(
            float[] first, float[] second, float[] a, float[] b, float[] c, float[] weights, int at, int n) {
        float a0 = weights[at];
        float b0 = weights[at + 1];
        float c0 = weights[at + 2];
        float a1 = weights[at + 3];
        float b1 = weights[at + 4];
        float c1 = weights[at + 5];
        for (int i = 0; i < n; i++) {
            float x = a[i];
            float y = b[i];
            float z = c[i];
            first[i] = first[i] + a0 * x + b0 * y + c0 * z;
            second[i] = second[i] + a1 * x + b1 * y + c1 * z;
        }
    }

    /**
     * Adds three weighted rows to a sum.
     *
     * @param weights from the index {@code at} on: the three weights
     */
    static void addToOne(float[] sum, float[] a, float[] b, float[] c, float[] weights, int at, int n) {
        float wa = weights[at];
        float wb = weights[at + 1];
        float wc = weights[at + 2];
        for (int i = 0; i < n; i++) {
            sum[i] = sum[i] + wa * a[i] + wb * b[i] + wc * c[i];
        }
    }

    /** Sets each number to the larger of it and 0: half of x + |x|. */
    static void rectify(float[] values, int n) {
        for (int i = 0; i < n; i++) {
            float x = values[i];
            values[i] = HALF * (x + Math.abs(x));
        }
    }

    /**
     * Multiplies the negative numbers: the larger of x and 0 plus the slope times the smaller, without a condition, which would
     * prevent vector instructions, and without Math.max, which takes C1 ten times as long as Math.abs.
     */
    static void rectify(float[] values, float slope, int n) {
        float halfSlope = HALF * slope;
        for (int i = 0; i < n; i++) {
            float x = values[i];
            float size = Math.abs(x);
            values[i] = HALF * (x + size) + halfSlope * (x - size);
        }
    }

    static void add(float[] sum, float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] = a[i] + b[i];
        }
    }
}
