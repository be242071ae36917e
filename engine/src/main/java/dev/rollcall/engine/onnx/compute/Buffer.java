package dev.rollcall.engine.onnx.compute;

/**
 * Memory for the numbers of a tensor, in the plan: which array it is, is in {@link ArrayPlan}.
 *
 * @param id its place among the plan's buffers
 * @param size how many numbers
 */
record Buffer(int id, int size) {

    /**
     * By how many numbers each array is longer than the largest buffer in it, so that the last numbers can be read in groups as
     * long as those of any processor.
     */
    static final int MARGIN = 128;
}
