package dev.rollcall.engine.onnx.compute;

/**
 * A convolution of all input channels, as a product of the matrix of weights and a matrix with a row for each weight of an
 * output channel: the numbers that this weight meets. Its input is that of {@link Padding}, if the windows aren't points.
 */
final class Convolution implements Operation {

    private final Windows windows;
    private final Activation activation;
    private final int channels;
    private final long multiplications;
    private final Product product;
    private final Tiles tiles;

    Convolution(Windows windows, Weights weights, Activation activation, Products products) {
        this.windows = windows;
        this.activation = activation;
        channels = weights.channels();
        multiplications = (long) windows.length() * weights.rowLength() * channels;
        int[] offsets = new int[weights.rowLength()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = i / windows.taps() * windows.size() + windows.offset(i % windows.taps());
        }
        product = products.of(weights, offsets, false);
        tiles = Tiles.of(windows.length(), weights.rowLength());
    }

    @Override
    public ScratchSize scratch() {
        return new ScratchSize(product.rows(), tiles.tile(), 0);
    }

    private int groups() {
        return (channels + product.group() - 1) / product.group();
    }

    /** Each part is a range of channels of one tile. */
    @Override
    public int parts() {
        int wanted = Parts.of(multiplications, tiles.count() * groups());
        return (wanted + tiles.count() - 1) / tiles.count() * tiles.count();
    }

    @Override
    public void run(float[][] inputs, float[] output, int part, int parts, Scratch scratch) {
        if (parts == 1) {
            for (int tile = 0; tile < tiles.count(); tile++) {
                compute(inputs[0], output, tile, 0, groups(), scratch);
            }
            return;
        }
        int ranges = parts / tiles.count();
        int range = part % ranges;
        int first = Parts.start(groups(), range, ranges);
        compute(inputs[0], output, part / ranges, first, Parts.start(groups(), range + 1, ranges), scratch);
    }

    private void compute(float[] numbers, float[] output, int tile, int first, int end, Scratch scratch) {
        int start = tiles.start(tile);
        int n = tiles.size(tile);
        product.begin(numbers, start, n, scratch);
        for (int group = first; group < end; group++) {
            int channel = group * product.group();
            product.multiply(numbers, start, n, channel, scratch);
            for (int i = 0; i < product.group() && channel + i < channels; i++) {
                activation.apply(scratch.sum(i), n, channel + i);
                int to = (channel + i) * windows.outputHeight() * windows.outputWidth();
                windows.store(scratch.sum(i), start, n, output, to);
            }
        }
    }
}
