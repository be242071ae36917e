package dev.rollcall.engine.onnx.compute;

/** The input of a convolution with its padding, split into planes. */
record Padding(Windows windows, int channels) implements Operation {

    @Override
    public int parts() {
        return Parts.of((long) channels * windows.size() * windows.stride() * windows.stride(), channels);
    }

    @Override
    public void run(float[][] inputs, float[] output, int part, int parts, Scratch scratch) {
        for (int i = Parts.start(channels, part, parts); i < Parts.start(channels, part + 1, parts); i++) {
            windows.split(inputs[0], i * windows.height() * windows.width(), output, i * windows.size());
        }
    }
}
