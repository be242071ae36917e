package dev.rollcall.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.rollcall.engine.EngineException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * A model in memory, checked once and shared for the life of the process. Safe for use by several threads, each with a
 * its own {@link Run}.
 */
public final class OnnxModel implements AutoCloseable {

    /*
     * Each concurrent run needs its own activations, and ONNX Runtime keeps, for each model, the memory of the largest
     * number of concurrent runs so far. An analysis spends well under half of its time in any one model. So half as many
     * concurrent runs of a model as there are processors keep all processors busy, with half the memory; and runs of
     * different models compete less for the processors' caches.
     */
    private static final int MAX_CONCURRENT_RUNS =
            Math.max(1, (Runtime.getRuntime().availableProcessors() + 1) / 2);

    private final ModelSpec spec;
    private final OrtSession session;
    private final Shape input;
    private final List<Shape> outputs;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT_RUNS, true);

    private OnnxModel(ModelSpec spec, OrtSession session, Shape input, List<Shape> outputs) {
        this.spec = spec;
        this.session = session;
        this.input = input;
        this.outputs = outputs;
    }

    /**
     * A named float32 tensor.
     *
     * @param name the node's name in the model
     * @param dimensions its size along each dimension; the batch is 1
     */
    public record Shape(String name, List<Long> dimensions) {

        public static Shape of(String name, long... dimensions) {
            return new Shape(name, Arrays.stream(dimensions).boxed().toList());
        }

        private int size() {
            return Math.toIntExact(dimensions.stream().reduce(1L, Math::multiplyExact));
        }

        private long[] toArray() {
            return dimensions.stream().mapToLong(Long::longValue).toArray();
        }
    }

    /**
     * Loads a model and checks its inputs and outputs.
     *
     * @throws EngineException if the file is missing or damaged, is not a model, or has other inputs or outputs
     */
    public static OnnxModel load(ModelSpec spec, Shape input, Shape... outputs) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setMemoryPatternOptimization(false);
            OrtSession session =
                    OrtEnvironment.getEnvironment().createSession(spec.file().read(), options);
            OnnxModel model = new OnnxModel(spec, session, input, List.of(outputs));
            model.inspect();
            return model;
        } catch (OrtException e) {
            throw new EngineException("model " + spec.file().name() + " can't be loaded: " + e.getMessage(), e);
        }
    }

    private void inspect() throws OrtException {
        check("input", List.of(input), session.getInputInfo());
        check("output", outputs, session.getOutputInfo());
    }

    private void check(String direction, List<Shape> expected, Map<String, NodeInfo> actual) {
        for (Shape shape : expected) {
            NodeInfo node = actual.get(shape.name());
            boolean fits = node != null
                    && node.getInfo() instanceof TensorInfo tensor
                    && tensor.type == OnnxJavaType.FLOAT
                    && Arrays.equals(tensor.getShape(), shape.toArray());
            if (!fits) {
                close();
                throw new EngineException("model %s: %s %s should be float %s but the file has %s"
                        .formatted(spec.file().name(), direction, shape.name(), shape.dimensions(), actual));
            }
        }
    }

    /** Identifies the weights; embeddings of different ids can't be compared. */
    public String id() {
        return spec.file().id();
    }

    /** The model's section of the manifest. */
    public ModelSpec spec() {
        return spec;
    }

    /** How many numbers the input tensor has. */
    public int inputSize() {
        return input.size();
    }

    /** Allocates the buffers of one thread. Its runs wait while half as many others as there are processors are under way. */
    public Run newRun() {
        return new Run(permits);
    }

    /** Allocates the buffers of one thread. Its runs wait for no others: for measurements of the bare model. */
    public Run newUnthrottledRun() {
        return new Run(new Semaphore(1));
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EngineException("model " + spec.file().name() + " can't be closed", e);
        }
    }

    /**
     * The input and output buffers of one thread, allocated once and reused from run to run. Not safe for use by several
     * threads at once.
     */
    public final class Run implements AutoCloseable {

        private final FloatBuffer inputBuffer;
        private final Map<String, OnnxTensor> inputTensors;
        private final List<FloatBuffer> outputBuffers = new ArrayList<>();
        private final Map<String, OnnxTensor> outputTensors = new LinkedHashMap<>();
        private final List<float[]> results = new ArrayList<>();

        private final Semaphore permits;

        private Run(Semaphore permits) {
            this.permits = permits;
            inputBuffer = direct(input);
            inputTensors = Map.of(input.name(), tensor(inputBuffer, input));
            for (Shape output : outputs) {
                FloatBuffer buffer = direct(output);
                outputBuffers.add(buffer);
                outputTensors.put(output.name(), tensor(buffer, output));
                results.add(new float[output.size()]);
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
                throw new EngineException("no buffer for model " + spec.file().name(), e);
            }
        }

        /**
         * Runs the model.
         *
         * @param values the input tensor row by row, of exactly its size
         * @return one array per output in the order given at load; overwritten by the next run
         * @throws EngineException if ONNX Runtime fails
         */
        public List<float[]> run(float[] values) {
            inputBuffer.put(0, values);
            permits.acquireUninterruptibly();
            try (OrtSession.Result ignored = session.run(inputTensors, outputTensors)) {
                for (int i = 0; i < results.size(); i++) {
                    outputBuffers.get(i).get(0, results.get(i));
                }
                return results;
            } catch (OrtException e) {
                throw new EngineException("model " + spec.file().name() + " failed", e);
            } finally {
                permits.release();
            }
        }

        @Override
        public void close() {
            inputTensors.values().forEach(OnnxTensor::close);
            outputTensors.values().forEach(OnnxTensor::close);
        }
    }
}
