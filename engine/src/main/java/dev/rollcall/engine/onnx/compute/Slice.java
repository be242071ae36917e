package dev.rollcall.engine.onnx.compute;

/**
 * A range of a tensor along one dimension.
 *
 * @param axis the dimension
 * @param start where the range begins
 */
record Slice(Tensor input, Tensor result, int axis, int start) implements Operation {

    @Override
    public void run(float[][] inputs, float[] output, int part, int parts, Scratch scratch) {
        int n = result.inner(axis);
        int from = start * result.inner(axis + 1);
        int line = input.inner(axis);
        int lines = result.outer(axis);
        for (int i = 0; i < lines; i++) {
            System.arraycopy(inputs[0], i * line + from, output, i * n, n);
        }
    }
}
