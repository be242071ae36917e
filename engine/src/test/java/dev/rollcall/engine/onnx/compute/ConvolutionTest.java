package dev.rollcall.engine.onnx.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ConvolutionTest {

    @Property(tries = 200)
    void anyGeometry_givesTheSumsOfTheDefinition(
            @ForAll @IntRange(min = 1, max = 23) int height,
            @ForAll @IntRange(min = 1, max = 23) int width,
            @ForAll @IntRange(min = 1, max = 5) int kernel,
            @ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll @IntRange(min = 0, max = 5) int padding,
            @ForAll @IntRange(min = 1, max = 3) int dilation,
            @ForAll @IntRange(min = 1, max = 5) int inputs,
            @ForAll @IntRange(min = 1, max = 5) int outputs,
            @ForAll long seed) {
        Windows windows = new Windows(height, width, kernel, Math.max(1, kernel - 1), stride, padding, dilation);
        Assume.that(windows.fit());
        check(windows, inputs, outputs, false, new Random(seed));
        check(windows, inputs, inputs, true, new Random(seed));
    }

    private static void check(Windows windows, int inputs, int outputs, boolean depthwise, Random random) {
        float[] input = numbers(random, inputs * windows.height() * windows.width());
        int each = (depthwise ? 1 : inputs) * windows.taps();
        Weights weights = new Weights(outputs, numbers(random, outputs * each), numbers(random, outputs));
        float[] slopes = numbers(random, outputs);

        float[] result = compute(windows, input, weights, slopes, depthwise, Products.plain());

        for (int i = 0; i < result.length; i++) {
            int channel = i / (windows.outputHeight() * windows.outputWidth());
            double sum = sum(windows, input, weights, i, depthwise);
            assertThat(result[i]).isCloseTo((float) (sum < 0 ? slopes[channel] * sum : sum), within(1e-4f));
        }
        Products.vector().ifPresent(vector -> assertThat(compute(windows, input, weights, slopes, depthwise, vector))
                .containsExactly(result));
    }

    /** The result, computed in parts; as a whole it is the same. */
    private static float[] compute(
            Windows windows, float[] input, Weights weights, float[] slopes, boolean depthwise, Products products) {
        Activation activation = Activation.prelu(slopes);
        Operation convolution = depthwise
                ? new DepthwiseConvolution(windows, weights, activation, products)
                : new Convolution(windows, weights, activation, products);
        float[] numbers = Arrays.copyOf(input, input.length + Buffer.MARGIN);
        if (!depthwise && !windows.arePoints()) {
            int channels = input.length / windows.height() / windows.width();
            float[] padded = new float[channels * windows.size() + Buffer.MARGIN];
            run(new Padding(windows, channels), numbers, padded, 2);
            numbers = padded;
        }
        int size = weights.channels() * windows.outputHeight() * windows.outputWidth();
        float[] whole = new float[size];
        float[] inParts = new float[size];
        run(convolution, numbers, whole, 1);
        run(
                convolution,
                numbers,
                inParts,
                2 * Tiles.of(windows.length(), weights.rowLength()).count());
        assertThat(inParts).containsExactly(whole);
        return whole;
    }

    private static void run(Operation operation, float[] input, float[] output, int parts) {
        for (int part = parts - 1; part >= 0; part--) {
            operation.run(new float[][] {input}, output, part, parts, new Scratch(List.of(operation.scratch())));
        }
    }

    private static double sum(Windows windows, float[] input, Weights weights, int place, boolean depthwise) {
        int plane = windows.outputHeight() * windows.outputWidth();
        int channel = place / plane;
        int top = place % plane / windows.outputWidth() * windows.stride() - windows.padding();
        int left = place % windows.outputWidth() * windows.stride() - windows.padding();
        double sum = weights.bias(channel);
        for (int i = 0; i < weights.rowLength(); i++) {
            int y = top + i % windows.taps() / windows.kernelWidth() * windows.dilation();
            int x = left + i % windows.kernelWidth() * windows.dilation();
            int of = depthwise ? channel : i / windows.taps();
            if (y >= 0 && y < windows.height() && x >= 0 && x < windows.width()) {
                sum += (double) weights.value(channel, i) * input[(of * windows.height() + y) * windows.width() + x];
            }
        }
        return sum;
    }

    private static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
