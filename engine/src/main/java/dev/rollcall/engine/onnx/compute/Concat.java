package dev.rollcall.engine.onnx.compute;

import java.util.List;

/**
 * Tensors one after another along one dimension.
 *
 * @param axis the dimension
 */
record Concat(List<Tensor> tensors, Tensor result, int axis) implements Operation {

    Concat {
        tensors = List.copyOf(tensors);
    }

    @Override
    public void run(float[][] inputs, float[] output, int part, int parts, Scratch scratch) {
        int line = result.inner(axis);
        int lines = result.outer(axis);
        int start = 0;
        for (int k = 0; k < inputs.length; k++) {
            int n = tensors.get(k).inner(axis);
            for (int i = 0; i < lines; i++) {
                System.arraycopy(inputs[k], i * n, output, start + i * line, n);
            }
            start += n;
        }
    }
}
