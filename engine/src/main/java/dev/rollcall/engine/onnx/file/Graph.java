package dev.rollcall.engine.onnx.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of an ONNX file.
 *
 * <p>Source: onnx.proto3 of ONNX 1.14, whose field numbers are used here, in {@link Node} and in {@link Constant}.
 *
 * @param operatorSet the version of ONNX's operators
 * @param nodes the operations, each after those that make its inputs
 * @param constants the tensors that are part of the file, by name
 * @param inputs the other inputs' dimensions by name; −1 for one that isn't fixed
 * @param outputs the outputs' dimensions by name
 */
public record Graph(
        long operatorSet,
        List<Node> nodes,
        Map<String, Constant> constants,
        Map<String, List<Long>> inputs,
        Map<String, List<Long>> outputs) {

    private static final long NOT_FIXED = -1;
    private static final int FLOAT = 1;

    /** Copies the collections. */
    public Graph {
        nodes = List.copyOf(nodes);
        constants = Map.copyOf(constants);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /**
     * Reads a file.
     *
     * @throws UnsupportedModelException if it isn't a whole ONNX model, or has numbers of a type that isn't supported
     */
    public static Graph read(byte[] file) {
        ProtobufReader message = ProtobufReader.of(file);
        Parts parts = new Parts();
        while (message.next()) {
            switch (message.field()) {
                case 7 -> parts.readGraph(message.message());
                case 8 -> parts.readOperatorSet(message.message());
                default -> message.skip();
            }
        }
        if (parts.nodes.isEmpty()) {
            throw new UnsupportedModelException("the file is damaged or is no ONNX model");
        }
        parts.inputs.keySet().removeAll(parts.constants.keySet());
        return new Graph(parts.operatorSet, parts.nodes, parts.constants, parts.inputs, parts.outputs);
    }

    /** The parts that have been read so far. */
    private static final class Parts {

        private long operatorSet;
        private final List<Node> nodes = new ArrayList<>();
        private final Map<String, Constant> constants = new TreeMap<>();
        private final Map<String, List<Long>> inputs = new LinkedHashMap<>();
        private final Map<String, List<Long>> outputs = new LinkedHashMap<>();

        private void readOperatorSet(ProtobufReader message) {
            String domain = "";
            long version = 0;
            while (message.next()) {
                switch (message.field()) {
                    case 1 -> domain = message.text();
                    case 2 -> version = message.integer();
                    default -> message.skip();
                }
            }
            if (domain.isEmpty()) {
                operatorSet = version;
            }
        }

        private void readGraph(ProtobufReader message) {
            while (message.next()) {
                switch (message.field()) {
                    case 1 -> nodes.add(Node.read(message.message()));
                    case 5 -> {
                        Constant.Named named = Constant.read(message.message());
                        constants.put(named.name(), named.constant());
                    }
                    case 11 -> readValue(message.message(), inputs);
                    case 12 -> readValue(message.message(), outputs);
                    default -> message.skip();
                }
            }
        }

        /** A message ValueInfoProto. */
        private static void readValue(ProtobufReader message, Map<String, List<Long>> values) {
            String name = "";
            List<Long> dimensions = new ArrayList<>();
            while (message.next()) {
                switch (message.field()) {
                    case 1 -> name = message.text();
                    case 2 -> readType(name, message.message(), dimensions);
                    default -> message.skip();
                }
            }
            values.put(name, List.copyOf(dimensions));
        }

        /** A message TypeProto, which holds a TypeProto.Tensor. */
        private static void readType(String name, ProtobufReader message, List<Long> dimensions) {
            while (message.next()) {
                if (message.field() != 1) {
                    throw new UnsupportedModelException(name + " is no tensor");
                }
                ProtobufReader tensor = message.message();
                while (tensor.next()) {
                    switch (tensor.field()) {
                        case 1 -> requireFloat(name, tensor.integer());
                        case 2 -> readShape(tensor.message(), dimensions);
                        default -> tensor.skip();
                    }
                }
            }
        }

        private static void requireFloat(String name, long type) {
            if (type != FLOAT) {
                throw new UnsupportedModelException(
                        name + " has numbers of the type " + type + "; only 1 (float) is supported");
            }
        }

        private static void readShape(ProtobufReader message, List<Long> dimensions) {
            while (message.next()) {
                if (message.field() == 1) {
                    ProtobufReader dimension = message.message();
                    long size = NOT_FIXED;
                    while (dimension.next()) {
                        if (dimension.field() == 1) {
                            size = dimension.integer();
                        } else {
                            dimension.skip();
                        }
                    }
                    dimensions.add(size);
                } else {
                    message.skip();
                }
            }
        }
    }
}
