package dev.rollcall.engine.onnx.compute;

/** The product of a matrix of weights and a column of numbers. */
final class Dense implements Operation {

    private final Activation activation;
    private final int rows;
    private final int outputs;

    /** For each input, its weights of all outputs; after the last one, zeros up to a multiple of three. */
    private final float[][] columns;

    private final float[] biases;

    Dense(Weights weights, Activation activation) {
        this.activation = activation;
        rows = weights.rowLength();
        outputs = weights.channels();
        columns = new float[(rows + Kernels.TERMS - 1) / Kernels.TERMS * Kernels.TERMS][outputs];
        for (int i = 0; i < rows; i++) {
            for (int channel = 0; channel < outputs; channel++) {
                columns[i][channel] = weights.value(channel, i);
            }
        }
        biases = weights.biases();
    }

    @Override
    public ScratchSize scratch() {
        return new ScratchSize(0, columns.length, 0);
    }

    @Override
    public void run(float[][] inputs, float[] output, int part, int parts, Scratch scratch) {
        float[] values = scratch.sum(0);
        System.arraycopy(inputs[0], 0, values, 0, rows);
        for (int i = rows; i < columns.length; i++) {
            values[i] = 0;
        }
        System.arraycopy(biases, 0, output, 0, outputs);
        for (int i = 0; i < columns.length; i += Kernels.TERMS) {
            Kernels.addToOne(output, columns[i], columns[i + 1], columns[i + 2], values, i, outputs);
        }
        activation.applyToChannels(output, outputs);
    }
}
