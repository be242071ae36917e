package dev.rollcall.engine.onnx.compute;

import java.util.Arrays;

/** A product by loops over rows that are arrays of their own, which the compiler makes vector instructions of. */
final class PlainProduct implements Product {

    private static final int PAIR = 2;

    private final int group;
    private final int rows;
    private final int[] offsets;

    /** For each group of channels and each three rows: three weights of the first, then three of the second channel. */
    private final float[] packed;

    private final float[] biases;

    /**
     * Arranges the weights.
     *
     * @param offsets where the rows begin in the array of the numbers
     * @param single whether channels are computed one at a time, not two
     */
    PlainProduct(Weights weights, int[] offsets, boolean single) {
        group = single ? 1 : PAIR;
        this.offsets = offsets.clone();
        rows = (offsets.length + Kernels.TERMS - 1) / Kernels.TERMS * Kernels.TERMS;
        int channels = (weights.channels() + group - 1) / group * group;
        biases = Arrays.copyOf(weights.biases(), channels);
        packed = new float[channels * rows];
        int at = 0;
        for (int channel = 0; channel < channels; channel += group) {
            for (int row = 0; row < rows; row += Kernels.TERMS) {
                for (int i = 0; i < group * Kernels.TERMS; i++, at++) {
                    int column = row + i % Kernels.TERMS;
                    int of = channel + i / Kernels.TERMS;
                    packed[at] = of < weights.channels() && column < offsets.length ? weights.value(of, column) : 0;
                }
            }
        }
    }

    @Override
    public int group() {
        return group;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public void begin(float[] numbers, int start, int n, Scratch scratch) {
        for (int row = 0; row < offsets.length; row++) {
            System.arraycopy(numbers, offsets[row] + start, scratch.row(row), 0, n);
        }
        for (int row = offsets.length; row < rows; row++) {
            Arrays.fill(scratch.row(row), 0, n, 0f);
        }
    }

    @Override
    public void multiply(float[] numbers, int start, int n, int first, Scratch scratch) {
        float[] one = scratch.sum(0);
        Arrays.fill(one, 0, n, biases[first]);
        if (group == 1) {
            for (int row = 0; row < rows; row += Kernels.TERMS) {
                Kernels.addToOne(
                        one,
                        scratch.row(row),
                        scratch.row(row + 1),
                        scratch.row(row + 2),
                        packed,
                        first * rows + row,
                        n);
            }
            return;
        }
        float[] other = scratch.sum(1);
        Arrays.fill(other, 0, n, biases[first + 1]);
        for (int row = 0, at = first * rows; row < rows; row += Kernels.TERMS, at += PAIR * Kernels.TERMS) {
            Kernels.addToTwo(one, other, scratch.row(row), scratch.row(row + 1), scratch.row(row + 2), packed, at, n);
        }
    }
}
