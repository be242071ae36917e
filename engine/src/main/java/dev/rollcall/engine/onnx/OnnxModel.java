package dev.rollcall.engine.onnx;

import dev.rollcall.engine.EngineException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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

    /** Refuses all work. */
    public static final Executor NO_HELPER = work -> {
        throw new RejectedExecutionException("there is no helper");
    };

    private final ModelSpec spec;
    private final ModelSession session;
    private final Shape input;
    private final List<Shape> outputs;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT_RUNS, true);

    private OnnxModel(ModelSpec spec, ModelSession session, Shape input, List<Shape> outputs) {
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

        int size() {
            return Math.toIntExact(dimensions.stream().reduce(1L, Math::multiplyExact));
        }

        long[] toArray() {
            return dimensions.stream().mapToLong(Long::longValue).toArray();
        }
    }

    /**
     * Loads a model and checks its inputs and outputs.
     *
     * @throws EngineException if the file is missing or damaged, is not a model, has other inputs or outputs, or can't be run by
     *     the runtime
     */
    public static OnnxModel load(ModelRuntime runtime, ModelSpec spec, Shape input, Shape... outputs) {
        ModelSession session = runtime.open(spec.file().name(), spec.file().read());
        OnnxModel model = new OnnxModel(spec, session, input, List.of(outputs));
        model.check("input", List.of(input), session.inputs());
        model.check("output", model.outputs, session.outputs());
        return model;
    }

    private void check(String direction, List<Shape> expected, Map<String, List<Long>> actual) {
        for (Shape shape : expected) {
            if (!shape.dimensions().equals(actual.get(shape.name()))) {
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
        session.close();
    }

    /**
     * The input and output buffers of one thread, allocated once and reused from run to run. Not safe for use by several
     * threads at once.
     */
    public final class Run implements AutoCloseable {

        private final ModelSession.Binding binding = session.bind(input, outputs);
        private final List<float[]> results =
                outputs.stream().map(output -> new float[output.size()]).toList();
        private final Semaphore permits;

        private Run(Semaphore permits) {
            this.permits = permits;
        }

        /**
         * Runs the model.
         *
         * @param values the input tensor row by row, of exactly its size
         * @return one array per output in the order given at load; overwritten by the next run
         * @throws EngineException if the runtime fails
         */
        public List<float[]> run(float[] values) {
            return run(values, NO_HELPER);
        }

        /**
         * Runs the model, as {@link #run(float[])} does, with parts of the work on other threads, if the runtime is Java.
         *
         * @param helper runs work on an idle thread, or refuses it by {@link RejectedExecutionException}
         */
        public List<float[]> run(float[] values, Executor helper) {
            binding.fill(values);
            permits.acquireUninterruptibly();
            try {
                binding.run(results, helper);
                return results;
            } finally {
                permits.release();
            }
        }

        @Override
        public void close() {
            binding.close();
        }
    }
}
