package dev.rollcall.engine.onnx.compute;

/**
 * Memory that steps use one after another.
 *
 * @param rows how many rows for the numbers that are multiplied
 * @param rowLength numbers of each of these rows and of a sum
 * @param windows numbers of the padded input
 */
record Scratch(int rows, int rowLength, int windows) {

    static final Scratch NONE = new Scratch(0, 0, 0);
}
