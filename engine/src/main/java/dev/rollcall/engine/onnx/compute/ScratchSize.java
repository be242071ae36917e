package dev.rollcall.engine.onnx.compute;

/**
 * How much memory a step needs for each thread that computes it.
 *
 * @param rows how many rows for the numbers that are multiplied
 * @param rowLength numbers of each of these rows and of a sum
 * @param plane numbers of a channel of the padded input
 */
record ScratchSize(int rows, int rowLength, int plane) {

    static final ScratchSize NONE = new ScratchSize(0, 0, 0);
}
