package dev.rollcall.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.rollcall.engine.EngineException;
import dev.rollcall.engine.onnx.OnnxModel.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** A model that ONNX Runtime's native library runs. */
final class NativeSession implements ModelSession {

    private final String name;
    private final OrtSession session;

    private NativeSession(String name, OrtSession session) {
        this.name = name;
        this.session = session;
    }

    static NativeSession of(String name, byte[] file) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setMemoryPatternOptimization(false);
            return new NativeSession(name, OrtEnvironment.getEnvironment().createSession(file, options));
        } catch (OrtException e) {
            throw new EngineException("model " + name + " can't be loaded: " + e.getMessage(), e);
        }
    }

    @Override
    public Map<String, List<Long>> inputs() {
        try {
            return floats(session.getInputInfo());
        } catch (OrtException e) {
            throw new EngineException("model " + name + " can't be inspected", e);
        }
    }

    @Override
    public Map<String, List<Long>> outputs() {
        try {
            return floats(session.getOutputInfo());
        } catch (OrtException e) {
            throw new EngineException("model " + name + " can't be inspected", e);
        }
    }

    private static Map<String, List<Long>> floats(Map<String, NodeInfo> nodes) {
        Map<String, List<Long>> dimensions = new LinkedHashMap<>();
        nodes.forEach((node, info) -> {
            if (info.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
                dimensions.put(node, Arrays.stream(tensor.getShape()).boxed().toList());
            }
        });
        return dimensions;
    }

    @Override
    public Binding bind(Shape input, List<Shape> outputs) {
        return new NativeBinding(input, outputs);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EngineException("model " + name + " can't be closed", e);
        }
    }

    /** Direct buffers for the input and the outputs. */
    private final class NativeBinding implements Binding {

        private final FloatBuffer inputBuffer;
        private final Map<String, OnnxTensor> inputTensors;
        private final List<FloatBuffer> outputBuffers = new ArrayList<>();
        private final Map<String, OnnxTensor> outputTensors = new LinkedHashMap<>();

        private NativeBinding(Shape input, List<Shape> outputs) {
            inputBuffer = direct(input);
            inputTensors = Map.of(input.name(), tensor(inputBuffer, input));
            for (Shape output : outputs) {
                FloatBuffer buffer = direct(output);
                outputBuffers.add(buffer);
                outputTensors.put(output.name(), tensor(buffer, output));
            }
        }

        private static FloatBuffer direct(Shape shape) {
            return ByteBuffer.allocateDirect(shape.size() * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }

        private OnnxTensor tensor(FloatBuffer buffer, Shape shape) {
            try {
                return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), buffer, shape.toArray());
            } catch (OrtException e) {
                throw new EngineException("no buffer for model " + name, e);
            }
        }

        @Override
        public void fill(float[] values) {
            inputBuffer.put(0, values);
        }

        @Override
        public void run(List<float[]> results, Executor helper) {
            try (OrtSession.Result ignored = session.run(inputTensors, outputTensors)) {
                for (int i = 0; i < results.size(); i++) {
                    outputBuffers.get(i).get(0, results.get(i));
                }
            } catch (OrtException e) {
                throw new EngineException("model " + name + " failed", e);
            }
        }

        @Override
        public void close() {
            inputTensors.values().forEach(OnnxTensor::close);
            outputTensors.values().forEach(OnnxTensor::close);
        }
    }
}
