package dev.rollcall.engine.onnx.compute;

import dev.rollcall.engine.onnx.file.Constant;
import dev.rollcall.engine.onnx.file.Graph;
import dev.rollcall.engine.onnx.file.Node;
import dev.rollcall.engine.onnx.file.UnsupportedModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns a graph into steps. All dimensions are known when a model is loaded, so whatever depends on dimensions alone is computed
 * here, and a node, attribute or dimension that isn't supported is refused here, by its name.
 *
 * <p>Source: "Operators" in ONNX's documentation, operator sets 9 to 17.
 */
final class Planner {

    private static final long OLDEST_OPERATOR_SET = 9;
    private static final long NEWEST_OPERATOR_SET = 17;

    /** From this operator set on, Softmax has groups along one dimension, by default the last one; before, along all from one on. */
    private static final long SOFTMAX_ALONG_ONE = 13;

    private final long operatorSet;
    private final PlannedGraph plan;
    private final WeightedPlanner weighted;

    private Planner(Graph graph, Products products) {
        operatorSet = graph.operatorSet();
        plan = new PlannedGraph(graph);
        weighted = new WeightedPlanner(plan, products);
    }

    /**
     * Plans a graph.
     *
     * @throws UnsupportedModelException if it has a part that isn't supported
     */
    static PlannedGraph plan(Graph graph, Products products) {
        if (graph.operatorSet() < OLDEST_OPERATOR_SET || graph.operatorSet() > NEWEST_OPERATOR_SET) {
            throw new UnsupportedModelException("its operator set is " + graph.operatorSet() + "; only "
                    + OLDEST_OPERATOR_SET + " to " + NEWEST_OPERATOR_SET + " are supported");
        }
        Planner planner = new Planner(graph, products);
        for (Node node : graph.nodes()) {
            if (!planner.plan.isPlanned(node)) {
                planner.add(node);
            }
        }
        return planner.plan;
    }

    private void add(Node node) {
        switch (node.operator()) {
            case "Conv" -> weighted.addConvolution(node);
            case "Gemm" -> weighted.addGemm(node);
            case "MatMul" -> weighted.addMatMul(node);
            case "Add" -> addBinary(node, Binary.Function.ADD);
            case "Sub" -> addBinary(node, Binary.Function.SUBTRACT);
            case "Mul" -> addBinary(node, Binary.Function.MULTIPLY);
            case "Div" -> addBinary(node, Binary.Function.DIVIDE);
            case "Relu" -> addUnary(node, Unary.Function.RELU);
            case "Exp" -> addUnary(node, Unary.Function.EXP);
            case "Sigmoid" -> addUnary(node, Unary.Function.SIGMOID);
            case "Softmax" -> addSoftmax(node);
            case "GlobalAveragePool" -> addChannelMeans(node);
            case "Transpose" -> addTranspose(node);
            case "Concat" -> addConcat(node);
            case "Slice" -> addSlice(node);
            case "Flatten" -> addFlatten(node);
            case "Reshape" -> addReshape(node);
            case "Unsqueeze" -> addUnsqueeze(node);
            case "Constant" -> addConstant(node);
            case "Shape" -> addShape(node);
            case "Gather" -> addGather(node);
            default ->
                throw new UnsupportedModelException("the operator " + node.operator() + ", which makes "
                        + String.join(", ", node.outputs()) + ", isn't supported here");
        }
    }

    private void addBinary(Node node, Binary.Function function) {
        node.allowAttributes();
        Tensor left = plan.tensor(node, 0);
        Tensor right = plan.tensor(node, 1);
        List<Integer> dimensions = Binary.dimensions(left, right);
        if (dimensions.isEmpty() && (left.rank() > 0 || right.rank() > 0)) {
            throw node.unsupported("inputs of " + left.dimensions() + " and " + right.dimensions());
        }
        Tensor output = plan.define(node.output(), dimensions);
        List<Buffer> operands = List.of(left.buffer(), right.buffer());
        plan.add(operands, output.buffer(), new Binary(function, left, right, output));
    }

    private void addUnary(Node node, Unary.Function function) {
        node.allowAttributes();
        Tensor input = plan.tensor(node, 0);
        Tensor output = plan.define(node.output(), input.dimensions());
        plan.add(input.buffer(), output.buffer(), new Unary(function, input.size()));
    }

    private void addSoftmax(Node node) {
        node.allowAttributes("axis");
        Tensor input = plan.tensor(node, 0);
        boolean alongOne = operatorSet >= SOFTMAX_ALONG_ONE;
        int axis = axis(node, alongOne ? input.rank() - 1 : 1, input.rank());
        if (alongOne && axis != input.rank() - 1) {
            throw node.unsupported("the axis " + axis + ", which isn't the last one,");
        }
        int group = input.inner(axis);
        Tensor output = plan.define(node.output(), input.dimensions());
        plan.add(input.buffer(), output.buffer(), new Softmax(input.size(), group));
    }

    private void addChannelMeans(Node node) {
        node.allowAttributes();
        Tensor input = plan.tensor(node, 0);
        if (input.rank() != 4) {
            throw node.unsupported("an input of " + input.dimensions());
        }
        Tensor output = plan.define(node.output(), List.of(input.dimension(0), input.dimension(1), 1, 1));
        plan.add(input.buffer(), output.buffer(), new ChannelMeans(output.size(), input.inner(2)));
    }

    private void addTranspose(Node node) {
        node.allowAttributes("perm");
        Tensor input = plan.tensor(node, 0);
        List<Integer> order = node.integers("perm").stream().map(Long::intValue).toList();
        if (!order.stream()
                .sorted()
                .toList()
                .equals(IntStream.range(0, input.rank()).boxed().toList())) {
            throw node.unsupported("the order " + order + " of an input of " + input.dimensions());
        }
        Tensor output =
                plan.define(node.output(), order.stream().map(input::dimension).toList());
        plan.add(input.buffer(), output.buffer(), new Transpose(input, output, order));
    }

    private void addConcat(Node node) {
        node.allowAttributes("axis");
        int count = node.inputs().size();
        if (IntStream.range(0, count)
                .allMatch(i -> plan.constant(node, i).filter(Constant::isWhole).isPresent())) {
            long[] all = IntStream.range(0, count)
                    .boxed()
                    .flatMapToLong(i -> Arrays.stream(plan.integers(node, i).integers()))
                    .toArray();
            plan.define(node.output(), Constant.ofIntegers(List.of(all.length), all));
            return;
        }
        List<Tensor> inputs =
                IntStream.range(0, count).mapToObj(i -> plan.tensor(node, i)).toList();
        int axis = axis(node, 0, inputs.get(0).rank());
        List<Integer> dimensions = new ArrayList<>(inputs.get(0).dimensions());
        dimensions.set(axis, 0);
        for (Tensor input : inputs) {
            List<Integer> others = new ArrayList<>(dimensions);
            if (input.rank() == others.size()) {
                others.set(axis, input.dimension(axis));
            }
            if (!others.equals(input.dimensions())) {
                throw node.unsupported(
                        "inputs of " + inputs.stream().map(Tensor::dimensions).toList());
            }
            dimensions.set(axis, dimensions.get(axis) + input.dimension(axis));
        }
        Tensor output = plan.define(node.output(), dimensions);
        plan.add(inputs.stream().map(Tensor::buffer).toList(), output.buffer(), new Concat(inputs, output, axis));
    }

    private void addSlice(Node node) {
        node.allowAttributes("axes", "starts", "ends");
        Tensor input = plan.tensor(node, 0);
        List<Long> starts = node.integers("starts");
        List<Long> ends = node.integers("ends");
        List<Long> axes = node.integers("axes", List.of(0L));
        if (starts.size() != 1
                || ends.size() != 1
                || axes.size() != 1
                || axes.get(0) < 0
                || axes.get(0) >= input.rank()) {
            throw node.unsupported("the axes " + axes + " of an input of " + input.dimensions());
        }
        int axis = axes.get(0).intValue();
        int size = input.dimension(axis);
        int start = place(starts.get(0), size);
        int end = place(ends.get(0), size);
        if (start >= end) {
            throw node.unsupported("an empty output");
        }
        List<Integer> dimensions = new ArrayList<>(input.dimensions());
        dimensions.set(axis, end - start);
        Tensor output = plan.define(node.output(), dimensions);
        plan.add(input.buffer(), output.buffer(), new Slice(input, output, axis, start));
    }

    private static int place(long index, int size) {
        return (int) Math.max(0, Math.min(size, index < 0 ? index + size : index));
    }

    private void addFlatten(Node node) {
        node.allowAttributes("axis");
        Tensor input = plan.tensor(node, 0);
        int axis = axis(node, 1, input.rank());
        plan.define(node.output(), input.as(List.of(input.outer(axis), input.inner(axis))));
    }

    private void addReshape(Node node) {
        node.allowAttributes("allowzero");
        boolean copies = node.integer("allowzero", 0) == 0;
        Tensor input = plan.tensor(node, 0);
        long[] sizes = plan.integers(node, 1).integers();
        List<Integer> dimensions = new ArrayList<>();
        int unknown = -1;
        for (int i = 0; i < sizes.length; i++) {
            long size = copies && sizes[i] == 0 && i < input.rank() ? input.dimension(i) : sizes[i];
            if (size == -1 && unknown < 0) {
                unknown = i;
            } else if (size < 1 || size > input.size()) {
                throw node.unsupported("the size " + size + " for an input of " + input.dimensions());
            }
            dimensions.add(unknown == i ? 1 : (int) size);
        }
        if (unknown >= 0) {
            dimensions.set(unknown, input.size() / Dimensions.product(dimensions));
        }
        if (Dimensions.product(dimensions) != input.size()) {
            throw node.unsupported("the output " + dimensions + " for an input of " + input.dimensions());
        }
        plan.define(node.output(), input.as(dimensions));
    }

    /** Only for whole numbers: tensors get other dimensions by Reshape in the models. */
    private void addUnsqueeze(Node node) {
        node.allowAttributes("axes");
        Constant input = plan.integers(node, 0);
        if (!node.integers("axes").equals(List.of(0L)) || input.size() != 1) {
            throw node.unsupported("the axes " + node.integers("axes"));
        }
        plan.define(node.output(), Constant.ofIntegers(List.of(1), input.integers()));
    }

    private void addConstant(Node node) {
        node.allowAttributes("value");
        plan.define(node.output(), node.tensor("value"));
    }

    private void addShape(Node node) {
        node.allowAttributes();
        Tensor input = plan.tensor(node, 0);
        long[] sizes = input.dimensions().stream().mapToLong(Integer::longValue).toArray();
        plan.define(node.output(), Constant.ofIntegers(List.of(sizes.length), sizes));
    }

    private void addGather(Node node) {
        node.allowAttributes("axis");
        long[] from = plan.integers(node, 0).integers();
        long[] index = plan.integers(node, 1).integers();
        if (node.integer("axis", 0) != 0 || index.length != 1 || index[0] < 0 || index[0] >= from.length) {
            throw node.unsupported("the axis " + node.integer("axis", 0) + " or more than one index");
        }
        plan.define(node.output(), Constant.ofIntegers(List.of(), from[(int) index[0]]));
    }

    private static int axis(Node node, int otherwise, int rank) {
        long axis = node.integer("axis", otherwise);
        if (axis < 0 || axis >= rank) {
            throw node.unsupported("the axis " + axis + " of " + rank + " dimensions");
        }
        return (int) axis;
    }
}
