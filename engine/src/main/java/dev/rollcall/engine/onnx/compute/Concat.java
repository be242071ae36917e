package dev.rollcall.engine.onnx.compute;

import java.util.List;

/** Tensors one after another along one dimension. */
final class Concat implements Step {

    private final List<Tensor> inputs;
    private final Tensor output;
    private final int axis;

    Concat(List<Tensor> inputs, Tensor output, int axis) {
        this.inputs = List.copyOf(inputs);
        this.output = output;
        this.axis = axis;
    }

    @Override
    public List<Buffer> reads() {
        return inputs.stream().map(Tensor::buffer).toList();
    }

    @Override
    public Buffer writes() {
        return output.buffer();
    }

    @Override
    public void run(Memory memory) {
        float[] out = memory.of(output.buffer());
        int line = output.inner(axis);
        int lines = output.outer(axis);
        int start = 0;
        for (Tensor input : inputs) {
            float[] in = memory.of(input.buffer());
            int n = input.inner(axis);
            for (int i = 0; i < lines; i++) {
                System.arraycopy(in, i * n, out, start + i * line, n);
            }
            start += n;
        }
    }
}
