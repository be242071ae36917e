package dev.rollcall.engine.onnx.compute;

import java.util.ArrayList;
import java.util.List;

/** An operation on two tensors, number by number; a dimension of 1 counts for every place of the other tensor's. */
final class Binary implements Operation {

    /** What is done with two numbers. */
    enum Function {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE
    }

    private final Function function;
    private final Operand left;
    private final Operand right;
    private final int size;

    /** Numbers of the last dimensions along which each tensor has as many numbers as the output, or one alone. */
    private final int line;

    Binary(Function function, Tensor left, Tensor right, Tensor output) {
        this.function = function;
        size = output.size();
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

        private final int[] starts;

        /** 1, or 0 if it has one number for a line. */
        private final int step;

        private Operand(Tensor tensor, Tensor output, int line) {
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
    public void run(float[][] inputs, float[] output, int part, int parts, Scratch scratch) {
        if (function == Function.ADD && line == size && left.step == 1 && right.step == 1) {
            Kernels.add(output, inputs[0], inputs[1], line);
            return;
        }
        for (int i = 0; i < left.starts.length; i++) {
            compute(inputs[0], left.starts[i], inputs[1], right.starts[i], output, i * line);
        }
    }

    private void compute(float[] a, int atA, float[] b, int atB, float[] out, int at) {
        int stepA = left.step;
        int stepB = right.step;
        switch (function) {
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
