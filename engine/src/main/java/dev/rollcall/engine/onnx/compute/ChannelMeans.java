package dev.rollcall.engine.onnx.compute;

import java.util.List;

/** The mean of each channel. */
final class ChannelMeans implements Step {

    private final Buffer input;
    private final Buffer output;

    ChannelMeans(Buffer input, Buffer output) {
        this.input = input;
        this.output = output;
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
    public void run(Memory memory) {
        float[] in = memory.of(input);
        float[] out = memory.of(output);
        int n = input.size() / output.size();
        for (int channel = 0; channel < output.size(); channel++) {
            double sum = 0;
            for (int i = channel * n; i < (channel + 1) * n; i++) {
                sum += in[i];
            }
            out[channel] = (float) (sum / n);
        }
    }
}
