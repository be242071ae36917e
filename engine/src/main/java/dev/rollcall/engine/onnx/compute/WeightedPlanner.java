package dev.rollcall.engine.onnx.compute;

import dev.rollcall.engine.onnx.file.Constant;
import dev.rollcall.engine.onnx.file.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Plans the nodes that have weights: convolutions and matrix products. A normalisation or a factor after such a node becomes
 * part of its weights, and an activation part of its step.
 */
final class WeightedPlanner {

    private static final int INPUT = 0;
    private static final int WEIGHTS = 1;
    private static final int BIASES = 2;

    private final PlannedGraph plan;
    private final Products products;

    WeightedPlanner(PlannedGraph plan, Products products) {
        this.plan = plan;
        this.products = products;
    }

    /** A node's weights, changed by the nodes that follow, and the name of what the last of these makes. */
    private record Fused(Weights weights, Activation activation, String output) {}

    void addConvolution(Node node) {
        node.allowAttributes("auto_pad", "dilations", "group", "kernel_shape", "pads", "strides");
        Tensor input = plan.tensor(node, INPUT);
        Constant kernel = plan.numbers(node, WEIGHTS);
        if (input.rank() != 4 || input.dimension(0) != 1 || kernel.dimensions().size() != 4) {
            throw node.unsupported("an input of " + input.dimensions() + " and weights of " + kernel.dimensions());
        }
        Windows windows = windows(node, input, kernel);
        int channels = kernel.dimensions().get(0);
        long group = node.integer("group", 1);
        boolean depthwise = group == input.dimension(1) && channels == group && group > 1;
        int each = kernel.dimensions().get(1);
        if (each != (depthwise ? 1 : input.dimension(1)) || (!depthwise && group != 1)) {
            throw node.unsupported("the group " + group + " of " + input.dimension(1) + " channels");
        }
        Fused fused = fused(node, new Weights(channels, kernel.numbers(), biases(node, channels)));
        Tensor output =
                plan.define(fused.output(), List.of(1, channels, windows.outputHeight(), windows.outputWidth()));
        add(input.buffer(), output.buffer(), windows, fused, depthwise);
    }

    private void add(Buffer input, Buffer output, Windows windows, Fused fused, boolean depthwise) {
        Weights weights = fused.weights();
        Activation activation = fused.activation();
        if (depthwise && windows.coverAll()) {
            plan.add(input, output, new ChannelSums(weights, activation));
        } else if (depthwise) {
            plan.add(input, output, new DepthwiseConvolution(windows, weights, activation, products));
        } else if (windows.coverAll()) {
            plan.add(input, output, new Dense(weights, activation));
        } else if (windows.arePoints()) {
            plan.add(input, output, new Convolution(windows, weights, activation, products));
        } else {
            int channels = weights.rowLength() / windows.taps();
            Buffer padded = plan.newBuffer(channels * windows.size());
            plan.add(input, padded, new Padding(windows, channels));
            plan.add(padded, output, new Convolution(windows, weights, activation, products));
        }
    }

    private static Windows windows(Node node, Tensor input, Constant kernel) {
        List<Integer> size = kernel.dimensions().subList(2, 4);
        List<Long> declared = node.integers("kernel_shape", List.of());
        if (!declared.isEmpty()
                && !declared.equals(size.stream().map(Integer::longValue).toList())) {
            throw node.unsupported("the kernel_shape " + declared + " for weights of " + kernel.dimensions());
        }
        Windows windows = new Windows(
                input.dimension(2),
                input.dimension(3),
                size.get(0),
                size.get(1),
                same(node, "strides", 2, 1),
                same(node, "pads", 4, 0),
                same(node, "dilations", 2, 1));
        if (windows.stride() < 1 || windows.padding() < 0 || windows.dilation() < 1 || !windows.fit()) {
            throw node.unsupported("weights that don't fit into an input of " + input.dimensions());
        }
        return windows;
    }

    /** The value of an attribute that has the same for all directions. */
    private static int same(Node node, String attribute, int count, int otherwise) {
        List<Long> values = node.integers(attribute, List.of((long) otherwise));
        boolean oneValue = values.stream().distinct().count() == 1;
        boolean complete = values.size() == count || values.size() == 1;
        if (!oneValue || !complete || Math.abs(values.get(0)) > Short.MAX_VALUE) {
            throw node.unsupported(attribute + " " + values);
        }
        return values.get(0).intValue();
    }

    private float[] biases(Node node, int channels) {
        if (node.inputs().size() <= BIASES) {
            return new float[channels];
        }
        Constant biases = plan.numbers(node, BIASES);
        if (!biases.dimensions().equals(List.of(channels))) {
            throw node.unsupported("biases of " + biases.dimensions());
        }
        return biases.numbers();
    }

    /** General matrix multiplication: only a column of numbers with a transposed constant matrix. */
    void addGemm(Node node) {
        node.allowAttributes("alpha", "beta", "transA", "transB");
        Tensor input = plan.tensor(node, INPUT);
        Constant matrix = plan.numbers(node, WEIGHTS);
        if (node.decimal("alpha", 1) != 1
                || node.decimal("beta", 1) != 1
                || node.integer("transA", 0) != 0
                || node.integer("transB", 0) != 1) {
            throw node.unsupported("another alpha, beta, transA or transB than 1, 1, 0, 1");
        }
        requireRow(node, input, matrix, 1);
        int outputs = matrix.dimensions().get(0);
        addDense(node, input, new Weights(outputs, matrix.numbers(), biases(node, outputs)));
    }

    /** A matrix product: only of a row of numbers with a constant matrix. */
    void addMatMul(Node node) {
        node.allowAttributes();
        Tensor input = plan.tensor(node, INPUT);
        Constant matrix = plan.numbers(node, WEIGHTS);
        requireRow(node, input, matrix, 0);
        int inputs = matrix.dimensions().get(0);
        int outputs = matrix.dimensions().get(1);
        float[] transposed = new float[inputs * outputs];
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < outputs; j++) {
                transposed[j * inputs + i] = matrix.numbers()[i * outputs + j];
            }
        }
        addDense(node, input, new Weights(outputs, transposed, new float[outputs]));
    }

    private static void requireRow(Node node, Tensor input, Constant matrix, int along) {
        if (input.rank() != 2
                || input.dimension(0) != 1
                || matrix.dimensions().size() != 2
                || matrix.dimensions().get(along) != input.dimension(1)) {
            throw node.unsupported("inputs of " + input.dimensions() + " and " + matrix.dimensions());
        }
    }

    private void addDense(Node node, Tensor input, Weights weights) {
        Fused fused = fused(node, weights);
        Tensor output = plan.define(fused.output(), List.of(1, weights.channels()));
        plan.add(input.buffer(), output.buffer(), new Dense(fused.weights(), fused.activation()));
    }

    /** Follows the nodes that use nothing but this one's output. */
    private Fused fused(Node node, Weights original) {
        Weights weights = original;
        String output = node.output();
        Optional<Node> next = plan.onlyUser(output);
        while (next.isPresent()) {
            Node user = next.get();
            Optional<Weights> changed =
                    switch (user.operator()) {
                        case "BatchNormalization" -> normalized(user, weights);
                        case "Mul" -> multiplied(user, weights);
                        default -> Optional.empty();
                    };
            if (changed.isEmpty()) {
                Optional<Activation> activation = activation(user, weights.channels());
                activation.ifPresent(unused -> plan.markPlanned(user));
                return new Fused(
                        weights, activation.orElse(Activation.NONE), activation.isPresent() ? user.output() : output);
            }
            plan.markPlanned(user);
            weights = changed.get();
            output = user.output();
            next = plan.onlyUser(output);
        }
        return new Fused(weights, Activation.NONE, output);
    }

    /** Weights after a normalisation: (x − mean) / √(variance + ε) · scale + shift. */
    private Optional<Weights> normalized(Node node, Weights weights) {
        node.allowAttributes("epsilon", "momentum", "training_mode");
        if (node.integer("training_mode", 0) != 0) {
            throw node.unsupported("the training_mode 1");
        }
        int channels = weights.channels();
        float[] factors = new float[channels];
        float[] shifts = new float[channels];
        for (int input = 1; input <= 4; input++) {
            if (!plan.numbers(node, input).dimensions().equals(List.of(channels))) {
                throw node.unsupported(
                        "an input of " + plan.numbers(node, input).dimensions() + " for " + channels + " channels");
            }
        }
        float epsilon = node.decimal("epsilon", 1e-5f);
        for (int i = 0; i < channels; i++) {
            double deviation = Math.sqrt((double) plan.numbers(node, 4).numbers()[i] + epsilon);
            factors[i] = (float) (plan.numbers(node, 1).numbers()[i] / deviation);
            shifts[i] =
                    plan.numbers(node, 2).numbers()[i] - plan.numbers(node, 3).numbers()[i] * factors[i];
        }
        return Optional.of(weights.scaled(factors, shifts));
    }

    /** Weights after a product with a single constant, if it is one. */
    private Optional<Weights> multiplied(Node node, Weights weights) {
        Optional<Constant> factor =
                plan.constant(node, 1).filter(constant -> constant.size() == 1 && !constant.isWhole());
        if (factor.isEmpty() || factor.get().dimensions().size() > 1) {
            return Optional.empty();
        }
        float[] factors = new float[weights.channels()];
        Arrays.fill(factors, factor.get().numbers()[0]);
        return Optional.of(weights.scaled(factors, new float[weights.channels()]));
    }

    private Optional<Activation> activation(Node node, int channels) {
        switch (node.operator()) {
            case "Relu" -> {
                node.allowAttributes();
                return Optional.of(Activation.RELU);
            }
            case "PRelu" -> {
                node.allowAttributes();
                Constant slopes = plan.numbers(node, 1);
                if (slopes.size() != channels || slopes.dimensions().get(0) != channels) {
                    throw node.unsupported("slopes of " + slopes.dimensions() + " for " + channels + " channels");
                }
                return Optional.of(Activation.prelu(slopes.numbers()));
            }
            default -> {
                return Optional.empty();
            }
        }
    }
}
