package dev.rollcall.engine.onnx.compute;

/**
 * A function of each number.
 *
 * @param size how many numbers
 */
record Unary(Function function, int size) implements Operation {

    /** The function. */
    enum Function {
        RELU,
        EXP,
        SIGMOID;

        private float of(float x) {
            return switch (this) {
                case RELU -> Math.max(x, 0);
                case EXP -> (float) Math.exp(x);
                case SIGMOID -> (float) (1 / (1 + Math.exp(-x)));
            };
        }
    }

    @Override
    public void run(float[][] inputs, float[] output, int part, int parts, Scratch scratch) {
        for (int i = 0; i < size; i++) {
            output[i] = function.of(inputs[0][i]);
        }
    }
}
