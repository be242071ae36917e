package dev.rollcall.engine.onnx.compute;

import java.util.ArrayList;
import java.util.List;

/** An operation on two tensors, number by number; a dimension of 1 counts for every place of the other tensor's. */
final class Binary implements Step {

    /** What is done with two numbers. */
    enum Operation {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE
    }

    private final Operation operation;
    private final Operand left;
    private final Operand right;
    private final Buffer output;

    /** Numbers of the last dimensions along which each tensor has as many numbers as the output, or one alone. */
    private final int line;

    Binary(Operation operation, Tensor left, Tensor right, Tensor output) {
        this.operation = operation;
        this.output = output.buffer();
        int first = output.rank();
        while (first > 0 && isLine(left, output, first - 1) && isLine(right, output, first - 1)) {
            first--;
        }
        line = output.inner(first);
        this.left = new Operand(left, output, line);
        this.right = new Operand(right, output, line);
    }

    /** The dimensions of the result, or an empty list if the tensors don't fit together. */
    static List<Integer> dimensions(Tensor left, Tensor right) {
        int rank = Math.max(left.rank(), right.rank());
        List<Integer> result = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            int a = dimension(left, i, rank);
            int b = dimension(right, i, rank);
            if (a != b && a != 1 && b != 1) {
                return List.of();
            }
            result.add(Math.max(a, b));
        }
        return result;
    }

    private static int dimension(Tensor tensor, int index, int rank) {
        int own = index - (rank - tensor.rank());
        return own < 0 ? 1 : tensor.dimension(own);
    }

    private static boolean isLine(Tensor tensor, Tensor output, int from) {
        int size = 1;
        for (int i = from; i < output.rank(); i++) {
            size *= dimension(tensor, i, output.rank());
        }
        return size == 1 || size == output.inner(from);
    }

    /** Where a tensor has the numbers for each line of the output. */
    private static final class Operand {

        private final Buffer buffer;
        private final int[] starts;

        /** 1, or 0 if it has one number for a line. */
        private final int step;

        private Operand(Tensor tensor, Tensor output, int line) {
            buffer = tensor.buffer();
            starts = new int[output.size() / line];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = position(tensor, output, i * line);
            }
            step = position(tensor, output, line - 1) > 0 ? 1 : 0;
        }

        private static int position(Tensor tensor, Tensor output, int place) {
            int position = 0;
            for (int i = 0; i < output.rank(); i++) {
                int own = i - (output.rank() - tensor.rank());
                if (own >= 0 && tensor.dimension(own) > 1) {
                    position += place / output.inner(i + 1) % output.dimension(i) * tensor.inner(own + 1);
                }
            }
            return position;
        }
    }

    @Override
    public List<Buffer> reads() {
        return List.of(left.buffer, right.buffer);
    }

    @Override
    public Buffer writes() {
        return output;
    }

    @Override
    public void run(Memory memory) {
        float[] a = memory.of(left.buffer);
        float[] b = memory.of(right.buffer);
        float[] out = memory.of(output);
        if (operation == Operation.ADD && line == output.size() && left.step == 1 && right.step == 1) {
            Kernels.add(out, a, b, line);
            return;
        }
        for (int i = 0; i < left.starts.length; i++) {
            compute(a, left.starts[i], b, right.starts[i], out, i * line);
        }
    }

    private void compute(float[] a, int atA, float[] b, int atB, float[] out, int at) {
        int stepA = left.step;
        int stepB = right.step;
        switch (operation) {
            case ADD -> {
                for (int i = 0; i < line; i++) {
                    out[at + i] = a[atA + i * stepA] + b[atB + i * stepB];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < line; i++) {
                    out[at + i] = a[atA + i * stepA] - b[atB + i * stepB];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < line; i++) {
                    out[at + i] = a[atA + i * stepA] * b[atB + i * stepB];
                }
            }
            case DIVIDE -> {
                for (int i = 0; i < line; i++) {
                    out[at + i] = a[atA + i * stepA] / b[atB + i * stepB];
                }
            }
        }
    }
}
