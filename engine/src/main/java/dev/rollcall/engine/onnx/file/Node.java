package dev.rollcall.engine.onnx.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One operation of a graph. Immutable. */
public final class Node {

    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_TENSOR = 4;
    private static final int ATTRIBUTE_INTS = 7;

    private final String operator;
    private final List<String> inputs;
    private final List<String> outputs;
    private final Map<String, Attribute> attributes;

    private Node(String operator, List<String> inputs, List<String> outputs, Map<String, Attribute> attributes) {
        this.operator = operator;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.attributes = Map.copyOf(attributes);
    }

    /** A message AttributeProto; only the value of its type counts. */
    private record Attribute(
            long type,
            float number,
            long integer,
            List<Long> integers,
            @Nullable Constant tensor) {}

    /** Reads a message NodeProto. */
    static Node read(ProtobufReader message) {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, Attribute> attributes = new TreeMap<>();
        String operator = "";
        String domain = "";
        while (message.next()) {
            switch (message.field()) {
                case 1 -> inputs.add(message.text());
                case 2 -> outputs.add(message.text());
                case 4 -> operator = message.text();
                case 5 -> readAttribute(message.message(), attributes);
                case 7 -> domain = message.text();
                default -> message.skip();
            }
        }
        return new Node(domain.isEmpty() ? operator : domain + ":" + operator, inputs, outputs, attributes);
    }

    private static void readAttribute(ProtobufReader message, Map<String, Attribute> attributes) {
        String name = "";
        long type = 0;
        float number = 0;
        long integer = 0;
        Constant.LongList integers = new Constant.LongList();
        Constant tensor = null;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> name = message.text();
                case 2 -> number = message.single();
                case 3 -> integer = message.integer();
                case 5 -> tensor = Constant.read(message.message()).constant();
                case 8 -> integers.read(message);
                case 20 -> type = message.integer();
                default -> message.skip();
            }
        }
        List<Long> list = Arrays.stream(integers.toArray()).boxed().toList();
        attributes.put(name, new Attribute(type, number, integer, list, tensor));
    }

    /** The operator's name, with its domain before it if it isn't one of ONNX itself. */
    public String operator() {
        return operator;
    }

    /** Names of the inputs, in order; the name of one that is left out is empty. */
    public List<String> inputs() {
        return inputs;
    }

    /** Names of the outputs, in order. */
    public List<String> outputs() {
        return outputs;
    }

    /** The name of the only output. */
    public String output() {
        if (outputs.size() != 1) {
            throw unsupported(outputs.size() + " outputs");
        }
        return outputs.get(0);
    }

    /** Refuses attributes other than those. */
    public void allowAttributes(String... names) {
        Set<String> unknown = new HashSet<>(attributes.keySet());
        unknown.removeAll(Set.of(names));
        if (!unknown.isEmpty()) {
            throw unsupported("the attribute " + unknown.iterator().next());
        }
    }

    /** An integer attribute. */
    public long integer(String name, long otherwise) {
        Attribute attribute = attribute(name, ATTRIBUTE_INT);
        return attribute == null ? otherwise : attribute.integer();
    }

    /** A decimal attribute. */
    public float decimal(String name, float otherwise) {
        Attribute attribute = attribute(name, ATTRIBUTE_FLOAT);
        return attribute == null ? otherwise : attribute.number();
    }

    /** An attribute of integers. */
    public List<Long> integers(String name, List<Long> otherwise) {
        Attribute attribute = attribute(name, ATTRIBUTE_INTS);
        return attribute == null ? otherwise : attribute.integers();
    }

    /** An attribute of integers that must be there. */
    public List<Long> integers(String name) {
        Attribute attribute = attribute(name, ATTRIBUTE_INTS);
        if (attribute == null) {
            throw unsupported("no attribute " + name);
        }
        return attribute.integers();
    }

    /** A tensor attribute that must be there. */
    public Constant tensor(String name) {
        Attribute attribute = attribute(name, ATTRIBUTE_TENSOR);
        if (attribute == null || attribute.tensor() == null) {
            throw unsupported("no attribute " + name);
        }
        return attribute.tensor();
    }

    private @Nullable Attribute attribute(String name, int type) {
        Attribute attribute = attributes.get(name);
        if (attribute != null && attribute.type() != type) {
            throw unsupported("the attribute " + name + " of the type " + attribute.type());
        }
        return attribute;
    }

    /** The error for a part of this node that isn't supported. */
    public UnsupportedModelException unsupported(String part) {
        return new UnsupportedModelException("the operator %s, which makes %s, has %s, which isn't supported"
                .formatted(operator, String.join(", ", outputs), part));
    }
}
