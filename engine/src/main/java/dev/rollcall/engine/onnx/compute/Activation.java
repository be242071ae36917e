package dev.rollcall.engine.onnx.compute;

/** What is done to the numbers of each channel after a sum: nothing, Relu or PRelu. Immutable. */
final class Activation {

    static final Activation NONE = new Activation(false, new float[0]);
    static final Activation RELU = new Activation(true, new float[0]);

    private final boolean rectifies;
    private final float[] slopes;

    private Activation(boolean rectifies, float[] slopes) {
        this.rectifies = rectifies;
        this.slopes = slopes;
    }

    /**
     * PRelu.
     *
     * @param slopes what negative numbers are multiplied by, for each channel
     */
    static Activation prelu(float[] slopes) {
        return new Activation(true, slopes.clone());
    }

    /** Changes the first n numbers of a channel. */
    void apply(float[] values, int n, int channel) {
        if (!rectifies) {
            return;
        }
        if (slopes.length == 0) {
            Kernels.rectify(values, n);
        } else {
            Kernels.rectify(values, slopes[channel], n);
        }
    }

    /** The same for a single number. */
    float apply(float value, int channel) {
        if (!rectifies || value >= 0) {
            return value;
        }
        return slopes.length == 0 ? 0 : slopes[channel] * value;
    }

    /** The same for numbers of which each is of a channel of its own. */
    void applyToChannels(float[] values, int n) {
        for (int channel = 0; channel < n && rectifies; channel++) {
            values[channel] = apply(values[channel], channel);
        }
    }
}
