package dev.rollcall.engine.onnx.compute;

/**
 * The mean of each channel.
 *
 * @param each how many numbers a channel has
 */
record ChannelMeans(int channels, int each) implements Operation {

    @Override
    public void run(float[][] inputs, float[] output, int part, int parts, Scratch scratch) {
        for (int channel = 0; channel < channels; channel++) {
            double sum = 0;
            for (int i = channel * each; i < (channel + 1) * each; i++) {
                sum += inputs[0][i];
            }
            output[channel] = (float) (sum / each);
        }
    }
}
