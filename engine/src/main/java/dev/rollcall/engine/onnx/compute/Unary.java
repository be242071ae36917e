package dev.rollcall.engine.onnx.compute;

import java.util.List;

/** A function of each number. */
final class Unary implements Step {

    /** The function. */
    enum Operation {
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

    private final Operation operation;
    private final Buffer input;
    private final Buffer output;

    Unary(Operation operation, Buffer input, Buffer output) {
        this.operation = operation;
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
        for (int i = 0; i < output.size(); i++) {
            out[i] = operation.of(in[i]);
        }
    }
}
