package dev.rollcall.engine.onnx.compute;

import java.util.Arrays;

/**
 * Where a convolution's weights lie over its input. The output is computed as one row of numbers, in which each line of the
 * picture is as long as a line of the padded input; the places beyond the output's width are computed in vain and not stored.
 *
 * @param kernelHeight height of the weights of a channel
 * @param kernelWidth width of the weights of a channel
 * @param stride how far the weights move
 * @param padding zeros around the input, the same on all sides
 * @param dilation distance of neighbouring weights
 */
record Windows(int height, int width, int kernelHeight, int kernelWidth, int stride, int padding, int dilation) {

    /*
     * With a stride of s, the padded input is split into s·s planes: plane (a, b) has the numbers at the lines a, a + s, a + 2s, …
     * and the columns b, b + s, b + 2s, … Then the numbers that one weight meets are neighbours in memory, whatever the stride:
     * those of the weight at (i, j) begin at line ⌊i/s⌋ and column ⌊j/s⌋ of plane (i mod s, j mod s).
     */

    /** Weights of a channel. */
    int taps() {
        return kernelHeight * kernelWidth;
    }

    int outputHeight() {
        return (height + 2 * padding - dilation * (kernelHeight - 1) - 1) / stride + 1;
    }

    int outputWidth() {
        return (width + 2 * padding - dilation * (kernelWidth - 1) - 1) / stride + 1;
    }

    /** Whether the weights fit at least once. */
    boolean fit() {
        return height + 2 * padding > dilation * (kernelHeight - 1)
                && width + 2 * padding > dilation * (kernelWidth - 1);
    }

    /** Whether each number of the output belongs to the one at the same place of the input. */
    boolean arePoints() {
        return taps() == 1 && stride == 1 && padding == 0;
    }

    /** Whether the weights cover the whole input, once. */
    boolean coverAll() {
        return padding == 0 && dilation == 1 && kernelHeight == height && kernelWidth == width;
    }

    private int planeHeight() {
        return (height + 2 * padding + stride - 1) / stride;
    }

    /** Numbers of a line of the output while it is computed. */
    private int line() {
        return (width + 2 * padding + stride - 1) / stride;
    }

    /** Numbers of a channel's planes. */
    int size() {
        return arePoints() ? height * width : planeHeight() * line() * stride * stride;
    }

    /** Numbers of a channel's output while it is computed. */
    int length() {
        return (outputHeight() - 1) * line() + outputWidth();
    }

    /** Where, in a channel's planes, the numbers begin that a weight meets. */
    int offset(int tap) {
        int down = tap / kernelWidth * dilation;
        int right = tap % kernelWidth * dilation;
        int plane = down % stride * stride + right % stride;
        return (plane * planeHeight() + down / stride) * line() + right / stride;
    }

    /** Splits a channel of the input into its padded planes. */
    void split(float[] input, int from, float[] planes, int to) {
        Arrays.fill(planes, to, to + size(), 0f);
        for (int y = 0; y < height; y++) {
            int down = y + padding;
            int source = from + y * width;
            for (int phase = 0; phase < stride; phase++) {
                int plane = down % stride * stride + phase;
                int at = to + (plane * planeHeight() + down / stride) * line();
                if (stride == 1) {
                    System.arraycopy(input, source, planes, at + padding, width);
                } else {
                    int first = Math.floorMod(phase - padding, stride);
                    int count = (width - first + stride - 1) / stride;
                    takeEach(stride, input, source + first, planes, at + (first + padding) / stride, count);
                }
            }
        }
    }

    /** Copies numbers that are a stride apart to neighbouring places. */
    private static void takeEach(int stride, float[] input, int from, float[] target, int to, int count) {
        if (stride == 2) {
            for (int i = 0; i < count; i++) {
                target[to + i] = input[from + 2 * i];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            target[to + i] = input[from + stride * i];
        }
    }

    /**
     * Stores a part of a channel's output.
     *
     * @param start where the part begins in the output while it is computed
     * @param to where the channel begins in the target
     */
    void store(float[] part, int start, int n, float[] target, int to) {
        int line = line();
        int stored = outputWidth();
        if (line == stored) {
            System.arraycopy(part, 0, target, to + start, n);
            return;
        }
        for (int i = 0; i < n; ) {
            int y = (start + i) / line;
            int x = (start + i) % line;
            int inLine = Math.min(line - x, n - i);
            int count = Math.min(inLine, stored - x);
            if (count > 0) {
                System.arraycopy(part, i, target, to + y * stored + x, count);
            }
            i += inLine;
        }
    }
}
