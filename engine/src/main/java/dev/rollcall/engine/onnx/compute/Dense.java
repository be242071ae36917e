package dev.rollcall.engine.onnx.compute;

import java.util.List;

/** The product of a matrix of weights and a column of numbers. */
final class Dense implements Step {

    private final Buffer input;
    private final Buffer output;
    private final Activation activation;
    private final int inputs;
    private final int outputs;

    /** For each input, its weights of all outputs; after the last one, zeros up to a multiple of three. */
    private final float[][] columns;

    private final float[] biases;

    Dense(Buffer input, Buffer output, Weights weights, Activation activation) {
        this.input = input;
        this.output = output;
        this.activation = activation;
        inputs = weights.rowLength();
        outputs = weights.channels();
        columns = new float[(inputs + Kernels.TERMS - 1) / Kernels.TERMS * Kernels.TERMS][outputs];
        for (int i = 0; i < inputs; i++) {
            for (int channel = 0; channel < outputs; channel++) {
                columns[i][channel] = weights.value(channel, i);
            }
        }
        biases = weights.biases();
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
    public Scratch scratch() {
        return new Scratch(0, columns.length, 0);
    }

    @Override
    public void run(Memory memory) {
        float[] values = memory.sum(0);
        System.arraycopy(memory.of(input), 0, values, 0, inputs);
        for (int i = inputs; i < columns.length; i++) {
            values[i] = 0;
        }
        float[] sums = memory.of(output);
        System.arraycopy(biases, 0, sums, 0, outputs);
        for (int i = 0; i < columns.length; i += Kernels.TERMS) {
            Kernels.addToOne(sums, columns[i], columns[i + 1], columns[i + 2], values, i, outputs);
        }
        activation.applyToChannels(sums, outputs);
    }
}
