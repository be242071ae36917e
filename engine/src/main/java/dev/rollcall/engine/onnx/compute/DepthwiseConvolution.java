package dev.rollcall.engine.onnx.compute;

/** A convolution of each channel by itself. */
final class DepthwiseConvolution implements Operation {

    private final Windows windows;
    private final Activation activation;
    private final int channels;
    private final Product product;
    private final Tiles tiles;

    DepthwiseConvolution(Windows windows, Weights weights, Activation activation, Products products) {
        this.windows = windows;
        this.activation = activation;
        channels = weights.channels();
        int[] offsets = new int[windows.taps()];
        for (int tap = 0; tap < offsets.length; tap++) {
            offsets[tap] = windows.offset(tap);
        }
        product = products.of(weights, offsets, true);
        tiles = Tiles.of(windows.length(), offsets.length);
    }

    @Override
    public ScratchSize scratch() {
        return new ScratchSize(product.rows(), tiles.tile(), windows.size());
    }

    /** Each part is a range of channels. A multiplication takes some three times as long as in a {@link Convolution}. */
    @Override
    public int parts() {
        return Parts.of(3L * channels * windows.size() * windows.taps(), channels);
    }

    @Override
    public void run(float[][] inputs, float[] output, int part, int parts, Scratch scratch) {
        for (int channel = Parts.start(channels, part, parts);
                channel < Parts.start(channels, part + 1, parts);
                channel++) {
            windows.split(inputs[0], channel * windows.height() * windows.width(), scratch.plane(), 0);
            for (int tile = 0; tile < tiles.count(); tile++) {
                convolve(channel, tiles.start(tile), tiles.size(tile), output, scratch);
            }
        }
    }

    private void convolve(int channel, int start, int n, float[] output, Scratch scratch) {
        product.begin(scratch.plane(), start, n, scratch);
        product.multiply(scratch.plane(), start, n, channel, scratch);
        activation.apply(scratch.sum(0), n, channel);
        windows.store(scratch.sum(0), start, n, output, channel * windows.outputHeight() * windows.outputWidth());
    }
}
