package dev.rollcall.engine.onnx.compute;

import java.util.Arrays;
import java.util.List;

/**
 * A convolution of all input channels, as a product of the matrix of weights and a matrix with a row for each weight of an
 * output channel: the numbers that this weight meets.
 */
final class Convolution implements Step {

    private final Buffer input;
    private final Buffer output;
    private final Windows windows;
    private final Activation activation;
    private final int inputChannels;
    private final int outputChannels;
    private final int rows;
    private final Tiles tiles;
    private final int[] offsets;

    /** For each pair of output channels and each three rows: three weights of the first, three of the second channel. */
    private final float[] packed;

    private final float[] biases;

    Convolution(Buffer input, Buffer output, Windows windows, Weights weights, Activation activation) {
        this.input = input;
        this.output = output;
        this.windows = windows;
        this.activation = activation;
        outputChannels = weights.channels();
        inputChannels = weights.rowLength() / windows.taps();
        rows = (weights.rowLength() + Kernels.TERMS - 1) / Kernels.TERMS * Kernels.TERMS;
        tiles = Tiles.of(windows.length(), rows);
        offsets = new int[weights.rowLength()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = i / windows.taps() * windows.size() + windows.offset(i % windows.taps());
        }
        packed = packed(weights);
        biases = weights.biases();
    }

    private float[] packed(Weights weights) {
        float[] result = new float[(outputChannels + 1) / 2 * 2 * rows];
        int at = 0;
        for (int channel = 0; channel < outputChannels; channel += 2) {
            for (int row = 0; row < rows; row += Kernels.TERMS) {
                for (int i = 0; i < 2 * Kernels.TERMS; i++, at++) {
                    int column = row + i % Kernels.TERMS;
                    int of = channel + i / Kernels.TERMS;
                    result[at] = of < outputChannels && column < weights.rowLength() ? weights.value(of, column) : 0;
                }
            }
        }
        return result;
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
        return new Scratch(rows, tiles.tile(), windows.arePoints() ? 0 : inputChannels * windows.size());
    }

    @Override
    public void run(Memory memory) {
        float[] planes = memory.of(input);
        if (!windows.arePoints()) {
            float[] whole = planes;
            planes = memory.windows();
            for (int channel = 0; channel < inputChannels; channel++) {
                windows.split(whole, channel * windows.height() * windows.width(), planes, channel * windows.size());
            }
        }
        for (int i = 0; i < tiles.count(); i++) {
            collect(planes, tiles.start(i), tiles.size(i), memory.rows());
            multiply(tiles.start(i), tiles.size(i), memory);
        }
    }

    private void collect(float[] planes, int start, int n, float[][] into) {
        for (int row = 0; row < offsets.length; row++) {
            System.arraycopy(planes, offsets[row] + start, into[row], 0, n);
        }
        for (int row = offsets.length; row < rows; row++) {
            Arrays.fill(into[row], 0, n, 0f);
        }
    }

    private void multiply(int start, int n, Memory memory) {
        float[] target = memory.of(output);
        float[][] row = memory.rows();
        float[] first = memory.sum(0);
        float[] second = memory.sum(1);
        for (int channel = 0; channel < outputChannels; channel += 2) {
            boolean both = channel + 1 < outputChannels;
            Arrays.fill(first, 0, n, biases[channel]);
            Arrays.fill(second, 0, n, both ? biases[channel + 1] : 0);
            for (int r = 0, at = channel * rows; r < rows; r += Kernels.TERMS, at += 2 * Kernels.TERMS) {
                Kernels.addToTwo(first, second, row[r], row[r + 1], row[r + 2], packed, at, n);
            }
            finish(first, channel, start, n, target);
            if (both) {
                finish(second, channel + 1, start, n, target);
            }
        }
    }

    private void finish(float[] sum, int channel, int start, int n, float[] target) {
        activation.apply(sum, n, channel);
        windows.store(sum, start, n, target, channel * windows.outputHeight() * windows.outputWidth());
    }
}
