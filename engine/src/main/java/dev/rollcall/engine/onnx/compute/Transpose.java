package dev.rollcall.engine.onnx.compute;

import java.util.List;

/** A tensor with its dimensions in another order. */
final class Transpose implements Operation {

    /** Where the numbers of each line of the output begin in the input. */
    private final int[] starts;

    /** Numbers of a line of the output. */
    private final int line;

    /** How far apart they are in the input. */
    private final int step;

    /**
     * Describes the step.
     *
     * @param order for each dimension of the output, which one of the input it is
     */
    Transpose(Tensor input, Tensor output, List<Integer> order) {
        int last = output.rank() - 1;
        line = output.dimension(last);
        step = input.inner(order.get(last) + 1);
        starts = new int[output.size() / line];
        for (int i = 0; i < starts.length; i++) {
            for (int j = 0; j < last; j++) {
                int place = i * line / output.inner(j + 1) % output.dimension(j);
                starts[i] += place * input.inner(order.get(j) + 1);
            }
        }
    }

    @Override
    public void run(float[][] inputs, float[] output, int part, int parts, Scratch scratch) {
        float[] in = inputs[0];
        for (int i = 0; i < starts.length; i++) {
            for (int j = 0; j < line; j++) {
                output[i * line + j] = in[starts[i] + j * step];
            }
        }
    }
}
