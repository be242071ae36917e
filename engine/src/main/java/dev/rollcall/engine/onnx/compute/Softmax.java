package dev.rollcall.engine.onnx.compute;

import java.util.List;

/** Softmax of groups of neighbouring numbers. */
final class Softmax implements Step {

    private final Buffer input;
    private final Buffer output;
    private final int group;

    /**
     * Describes the step.
     *
     * @param group how many numbers have the sum 1
     */
    Softmax(Buffer input, Buffer output, int group) {
        this.input = input;
        this.output = output;
        this.group = group;
    }

    @Override
    public List<Buffer> reads() {
        return List.of(input);
    }

    @Override
    public Buffer writes() {
        return output;
    }

    @Override
    public void run(Memory memory) {
        float[] in = memory.of(input);
        float[] out = memory.of(output);
        for (int start = 0; start < output.size(); start += group) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = start; i < start + group; i++) {
                largest = Math.max(largest, in[i]);
            }
            float sum = 0;
            for (int i = start; i < start + group; i++) {
                out[i] = (float) Math.exp(in[i] - largest);
                sum += out[i];
            }
            for (int i = start; i < start + group; i++) {
                out[i] /= sum;
            }
        }
    }
}
