package dev.rollcall.engine.onnx.compute;

/**
 * The product of a matrix of weights and a matrix whose rows lie in one array. A sum begins with the channel's bias, and the weighted
 * numbers are added one after another in the order of the rows, so all implementations have the same results, bit for bit.
 */
interface Product {

    /** How many channels' sums can be computed at once. */
    int SUMS = 4;

    /** How many channels' sums are computed at once: a group. */
    int group();

    /** How many rows of a scratch are used. */
    int rows();

    /** Prepares the sums of n places from one on. */
    void begin(float[] numbers, int start, int n, Scratch scratch);

    /**
     * Computes the sums of a group of channels, to the scratch's sums.
     *
     * @param first the group's first channel, a multiple of the group
     */
    void multiply(float[] numbers, int start, int n, int first, Scratch scratch);
}
