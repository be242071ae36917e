package dev.rollcall.engine.onnx.compute;

import dev.rollcall.engine.onnx.file.Constant;
import dev.rollcall.engine.onnx.file.Graph;
import dev.rollcall.engine.onnx.file.Node;
import dev.rollcall.engine.onnx.file.UnsupportedModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of a graph while it is planned: the tensors and constants by name, the buffers and the steps so far. */
final class PlannedGraph {

    private final Graph graph;
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, Constant> constants;
    private final Map<String, List<Node>> users = new HashMap<>();
    private final Set<Node> planned = new HashSet<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<Integer, float[]> fixed = new LinkedHashMap<>();

    PlannedGraph(Graph graph) {
        this.graph = graph;
        constants = new HashMap<>(graph.constants());
        for (Node node : graph.nodes()) {
            node.inputs().forEach(input -> users.computeIfAbsent(input, unused -> new ArrayList<>())
                    .add(node));
        }
        graph.inputs().forEach((name, dimensions) -> tensors.put(name, input(name, dimensions)));
    }

    private Tensor input(String name, List<Long> dimensions) {
        if (dimensions.isEmpty() || dimensions.stream().anyMatch(size -> size < 1 || size > Integer.MAX_VALUE)) {
            throw new UnsupportedModelException(
                    "the input " + name + " has no fixed dimensions, which isn't supported: " + dimensions);
        }
        return tensor(dimensions.stream().map(Long::intValue).toList());
    }

    /** A new tensor of those dimensions. */
    private Tensor tensor(List<Integer> dimensions) {
        return new Tensor(newBuffer(Dimensions.product(dimensions)), dimensions);
    }

    /** Memory that only the plan knows. */
    Buffer newBuffer(int size) {
        Buffer buffer = new Buffer(buffers.size(), size);
        buffers.add(buffer);
        return buffer;
    }

    /** Names a new tensor. */
    Tensor define(String name, List<Integer> dimensions) {
        Tensor tensor = tensor(dimensions);
        tensors.put(name, tensor);
        return tensor;
    }

    /** Names a tensor that exists. */
    void define(String name, Tensor tensor) {
        tensors.put(name, tensor);
    }

    void define(String name, Constant constant) {
        constants.put(name, constant);
    }

    void add(Buffer input, Buffer output, Operation operation) {
        add(List.of(input), output, operation);
    }

    void add(List<Buffer> inputs, Buffer output, Operation operation) {
        steps.add(new Step(inputs, output, operation));
    }

    /** A node's input, which must be a tensor of single-precision numbers; a constant becomes one. */
    Tensor tensor(Node node, int index) {
        String name = name(node, index);
        Constant constant = constants.get(name);
        if (constant != null && !tensors.containsKey(name)) {
            if (constant.isWhole()) {
                throw node.unsupported("the whole numbers " + name + " as its input " + (index + 1));
            }
            Tensor tensor = define(name, constant.dimensions());
            fixed.put(tensor.buffer().id(), Arrays.copyOf(constant.numbers(), constant.size() + Buffer.MARGIN));
        }
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw node.unsupported("the input " + name + ", which nothing makes before it,");
        }
        return tensor;
    }

    /** A node's input, if it is a constant. */
    Optional<Constant> constant(Node node, int index) {
        return Optional.ofNullable(constants.get(name(node, index)));
    }

    /** A node's input, which must be constant numbers of single precision. */
    Constant numbers(Node node, int index) {
        Constant constant = constants.get(name(node, index));
        if (constant == null || constant.isWhole()) {
            throw node.unsupported("the input " + name(node, index) + ", which is no constant of float numbers,");
        }
        return constant;
    }

    /** A node's input, which must be constant whole numbers. */
    Constant integers(Node node, int index) {
        Constant constant = constants.get(name(node, index));
        if (constant == null || !constant.isWhole()) {
            throw node.unsupported("the input " + name(node, index) + ", which is no constant of int64 numbers,");
        }
        return constant;
    }

    private static String name(Node node, int index) {
        if (index >= node.inputs().size()) {
            throw node.unsupported("only " + node.inputs().size() + " inputs");
        }
        return node.inputs().get(index);
    }

    /** The only node that uses a tensor, if there is one such and the tensor is no output of the model. */
    Optional<Node> onlyUser(String name) {
        List<Node> all = users.getOrDefault(name, List.of());
        return all.size() == 1 && !graph.outputs().containsKey(name) ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** Notes that a node has become part of another node's step. */
    void markPlanned(Node node) {
        planned.add(node);
    }

    boolean isPlanned(Node node) {
        return planned.contains(node);
    }

    List<Step> steps() {
        return steps;
    }

    /** The numbers of the buffers that don't change, by id. */
    Map<Integer, float[]> fixed() {
        return fixed;
    }

    /** Assigns arrays to the buffers. */
    ArrayPlan arrays() {
        return new ArrayPlan(
                steps,
                buffers,
                buffersOf(graph.inputs().keySet()),
                buffersOf(graph.outputs().keySet()),
                fixed.keySet());
    }

    private Set<Buffer> buffersOf(Set<String> names) {
        return names.stream().map(name -> defined(name).buffer()).collect(Collectors.toSet());
    }

    /** A tensor by its name. */
    Tensor defined(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new UnsupportedModelException("nothing makes the output " + name);
        }
        return tensor;
    }
}
