package dev.rollcall.engine.onnx.compute;

import java.util.List;

/** A range of a tensor along one dimension. */
final class Slice implements Step {

    private final Tensor input;
    private final Tensor output;
    private final int axis;
    private final int start;

    Slice(Tensor input, Tensor output, int axis, int start) {
        this.input = input;
        this.output = output;
        this.axis = axis;
        this.start = start;
    }

    @Override
    public List<Buffer> reads() {
        return List.of(input.buffer());
    }

    @Override
    public Buffer writes() {
        return output.buffer();
    }

    @Override
    public void run(Memory memory) {
        float[] in = memory.of(input.buffer());
        float[] out = memory.of(output.buffer());
        int n = output.inner(axis);
        int from = start * output.inner(axis + 1);
        int line = input.inner(axis);
        int lines = output.outer(axis);
        for (int i = 0; i < lines; i++) {
            System.arraycopy(in, i * line + from, out, i * n, n);
        }
    }
}
