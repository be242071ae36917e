package dev.rollcall.engine.onnx.compute;

/** One number for each channel: the weighted sum of all of its numbers. */
record ChannelSums(Weights weights, Activation activation) implements Operation {

    @Override
    public void run(float[][] inputs, float[] output, int part, int parts, Scratch scratch) {
        int each = weights.rowLength();
        for (int channel = 0; channel < weights.channels(); channel++) {
            float sum = weights.bias(channel);
            for (int i = 0; i < each; i++) {
                sum += inputs[0][channel * each + i] * weights.value(channel, i);
            }
            output[channel] = activation.apply(sum, channel);
        }
    }
}
