package dev.rollcall.engine.onnx.compute;

/**
 * Memory for the numbers of a tensor, in the plan: which array it is, is in {@link Memory}.
 *
 * @param id its place among the plan's buffers
 * @param size how many numbers
 */
record Buffer(int id, int size) {}
