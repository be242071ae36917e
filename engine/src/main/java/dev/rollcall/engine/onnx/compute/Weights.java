package dev.rollcall.engine.onnx.compute;

/**
 * The weights and biases of a convolution or of a matrix product. Immutable.
 *
 * <p>The weights lie row by row: one row for each output channel.
 */
final class Weights {

    private final int channels;
    private final float[] values;
    private final float[] biases;

    /**
     * Copies the numbers.
     *
     * @param channels number of output channels, a divisor of the number of values
     */
    Weights(int channels, float[] values, float[] biases) {
        this.channels = channels;
        this.values = values.clone();
        this.biases = biases.clone();
    }

    int channels() {
        return channels;
    }

    /** Weights of one output channel. */
    int rowLength() {
        return values.length / channels;
    }

    float value(int channel, int index) {
        return values[channel * rowLength() + index];
    }

    float bias(int channel) {
        return biases[channel];
    }

    /** A copy of the biases. */
    float[] biases() {
        return biases.clone();
    }

    /** The weights that give each output channel times a factor plus a shift. */
    Weights scaled(float[] factors, float[] shifts) {
        float[] scaled = new float[values.length];
        float[] shifted = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            for (int i = channel * rowLength(); i < (channel + 1) * rowLength(); i++) {
                scaled[i] = values[i] * factors[channel];
            }
            shifted[channel] = biases[channel] * factors[channel] + shifts[channel];
        }
        return new Weights(channels, scaled, shifted);
    }
}
