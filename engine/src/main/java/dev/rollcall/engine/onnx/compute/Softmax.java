package dev.rollcall.engine.onnx.compute;

/**
 * Softmax of groups of neighbouring numbers.
 *
 * @param size how many numbers
 * @param group how many of them have the sum 1
 */
record Softmax(int size, int group) implements Operation {

    @Override
    public void run(float[][] inputs, float[] output, int part, int parts, Scratch scratch) {
        float[] in = inputs[0];
        for (int start = 0; start < size; start += group) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = start; i < start + group; i++) {
                largest = Math.max(largest, in[i]);
            }
            float sum = 0;
            for (int i = start; i < start + group; i++) {
                output[i] = (float) Math.exp(in[i] - largest);
                sum += output[i];
            }
            for (int i = start; i < start + group; i++) {
                output[i] /= sum;
            }
        }
    }
}
