package dev.rollcall.engine.onnx.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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
        Buffer in = new Buffer(0, input.length);
        Buffer out = new Buffer(1, outputs * windows.outputHeight() * windows.outputWidth());
        Activation activation = Activation.prelu(slopes);
        Step step = depthwise
                ? new DepthwiseConvolution(in, out, windows, weights, activation)
                : new Convolution(in, out, windows, weights, activation);
        Memory memory = new Memory(
                new ArrayPlan(List.of(step), List.of(in, out), Set.of(in), Set.of(out), Set.of()),
                Map.of(),
                List.of(step.scratch()));
        System.arraycopy(input, 0, memory.of(in), 0, input.length);

        step.run(memory);

        for (int i = 0; i < out.size(); i++) {
            int channel = i / (windows.outputHeight() * windows.outputWidth());
            double sum = sum(windows, input, weights, i, depthwise);
            assertThat(memory.of(out)[i]).isCloseTo((float) (sum < 0 ? slopes[channel] * sum : sum), within(1e-4f));
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
