package dev.rollcall.engine.onnx.compute;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A product by Java's Vector API: the sums of four channels over two vectors of places stay in registers, and the numbers are read
 * where they are.
 */
final class VectorProduct implements Product {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final int group;
    private final int[] offsets;

    /** For each group of channels and each row: the weights of the group. */
    private final float[] packed;

    private final float[] biases;

    /**
     * Arranges the weights.
     *
     * @param offsets where the rows begin in the array of the numbers
     * @param single whether channels are computed one at a time, not four
     */
    VectorProduct(Weights weights, int[] offsets, boolean single) {
        group = single ? 1 : SUMS;
        this.offsets = offsets.clone();
        int channels = (weights.channels() + group - 1) / group * group;
        biases = Arrays.copyOf(weights.biases(), channels);
        packed = new float[channels * offsets.length];
        for (int channel = 0; channel < weights.channels(); channel++) {
            int at = channel / group * group * offsets.length + channel % group;
            for (int row = 0; row < offsets.length; row++) {
                packed[at + row * group] = weights.value(channel, row);
            }
        }
    }

    @Override
    public int group() {
        return group;
    }

    @Override
    public int rows() {
        return 0;
    }

    @Override
    public void begin(float[] numbers, int start, int n, Scratch scratch) {
        // The numbers are read where they are.
    }

    @Override
    public void multiply(float[] numbers, int start, int n, int first, Scratch scratch) {
        for (int place = 0; place < n; place += 2 * LANES) {
            if (group == 1) {
                sumOne(numbers, start + place, first, scratch.sum(0), place);
            } else {
                sumFour(numbers, start + place, first, scratch, place);
            }
        }
    }

    /** A channel's sums of as many places as two vectors have. */
    private void sumOne(float[] numbers, int from, int channel, float[] sum, int to) {
        FloatVector a = FloatVector.broadcast(SPECIES, biases[channel]);
        FloatVector b = a;
        for (int row = 0, at = channel * offsets.length; row < offsets.length; row++, at++) {
            a = a.add(
                    FloatVector.fromArray(SPECIES, numbers, offsets[row] + from).mul(packed[at]));
            b = b.add(FloatVector.fromArray(SPECIES, numbers, offsets[row] + from + LANES)
                    .mul(packed[at]));
        }
        store(a, b, sum, to);
    }

    /** The four sums of as many places as two vectors have, from one on. Beyond the last place, numbers are computed in vain. */
    private void sumFour(float[] numbers, int from, int first, Scratch scratch, int to) {
        FloatVector a = FloatVector.broadcast(SPECIES, biases[first]);
        FloatVector b = FloatVector.broadcast(SPECIES, biases[first + 1]);
        FloatVector c = FloatVector.broadcast(SPECIES, biases[first + 2]);
        FloatVector d = FloatVector.broadcast(SPECIES, biases[first + 3]);
        FloatVector e = a;
        FloatVector f = b;
        FloatVector g = c;
        FloatVector h = d;
        int at = first * offsets.length;
        for (int row = 0; row < offsets.length; row++, at += SUMS) {
            FloatVector x = FloatVector.fromArray(SPECIES, numbers, offsets[row] + from);
            FloatVector y = FloatVector.fromArray(SPECIES, numbers, offsets[row] + from + LANES);
            a = a.add(x.mul(packed[at]));
            e = e.add(y.mul(packed[at]));
            b = b.add(x.mul(packed[at + 1]));
            f = f.add(y.mul(packed[at + 1]));
            c = c.add(x.mul(packed[at + 2]));
            g = g.add(y.mul(packed[at + 2]));
            d = d.add(x.mul(packed[at + 3]));
            h = h.add(y.mul(packed[at + 3]));
        }
        store(a, e, scratch.sum(0), to);
        store(b, f, scratch.sum(1), to);
        store(c, g, scratch.sum(2), to);
        store(d, h, scratch.sum(3), to);
    }

    private static void store(FloatVector one, FloatVector other, float[] sum, int to) {
        one.intoArray(sum, to);
        other.intoArray(sum, to + LANES);
    }
}
