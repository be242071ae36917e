package dev.rollcall.engine.onnx.compute;

import java.util.Arrays;
import java.util.List;

/** A convolution of each channel by itself. */
final class DepthwiseConvolution implements Step {

    private final Buffer input;
    private final Buffer output;
    private final Windows windows;
    private final Activation activation;
    private final int channels;
    private final int rows;
    private final Tiles tiles;
    private final float[] packed;
    private final float[] biases;

    DepthwiseConvolution(Buffer input, Buffer output, Windows windows, Weights weights, Activation activation) {
        this.input = input;
        this.output = output;
        this.windows = windows;
        this.activation = activation;
        channels = weights.channels();
        rows = (windows.taps() + Kernels.TERMS - 1) / Kernels.TERMS * Kernels.TERMS;
        tiles = Tiles.of(windows.length(), rows);
        packed = new float[channels * rows];
        for (int channel = 0; channel < channels; channel++) {
            for (int tap = 0; tap < windows.taps(); tap++) {
                packed[channel * rows + tap] = weights.value(channel, tap);
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
        return new Scratch(rows, tiles.tile(), windows.size());
    }

    @Override
    public void run(Memory memory) {
        if (windows.coverAll()) {
            weigh(memory.of(input), memory.of(output));
            return;
        }
        for (int row = windows.taps(); row < rows; row++) {
            Arrays.fill(memory.row(row), 0, tiles.tile(), 0f);
        }
        for (int channel = 0; channel < channels; channel++) {
            windows.split(memory.of(input), channel * windows.height() * windows.width(), memory.windows(), 0);
            for (int i = 0; i < tiles.count(); i++) {
                convolve(channel, tiles.start(i), tiles.size(i), memory);
            }
        }
    }

    private void convolve(int channel, int start, int n, Memory memory) {
        float[] sum = memory.sum(0);
        for (int tap = 0; tap < windows.taps(); tap++) {
            System.arraycopy(memory.windows(), windows.offset(tap) + start, memory.row(tap), 0, n);
        }
        Arrays.fill(sum, 0, n, biases[channel]);
        for (int row = 0; row < rows; row += Kernels.TERMS) {
            Kernels.addToOne(
                    sum, memory.row(row), memory.row(row + 1), memory.row(row + 2), packed, channel * rows + row, n);
        }
        activation.apply(sum, n, channel);
        windows.store(sum, start, n, memory.of(output), channel * windows.outputHeight() * windows.outputWidth());
    }

    /** One number for each channel: the weighted sum of all of its numbers. */
    private void weigh(float[] in, float[] out) {
        int taps = windows.taps();
        for (int channel = 0; channel < channels; channel++) {
            float sum = biases[channel];
            for (int i = 0; i < taps; i++) {
                sum += in[channel * taps + i] * packed[channel * rows + i];
            }
            out[channel] = activation.apply(sum, channel);
        }
    }
}
