package dev.rollcall.engine.onnx.compute;

import dev.rollcall.engine.onnx.file.Graph;
import dev.rollcall.engine.onnx.file.UnsupportedModelException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A model that is ready to be run in Java. Immutable; used by several threads, each with a {@link Workspace} of its own. */
public final class Program {

    private final Map<String, List<Long>> inputs;
    private final Map<String, List<Long>> outputs;
    private final List<Step> steps;
    private final ArrayPlan arrays;
    private final Scratches scratches;

    /** The numbers of buffers that don't change, by id. */
    private final Map<Integer, float[]> fixed;

    private final Buffer input;
    private final Map<String, Buffer> outputBuffers;

    private Program(Graph graph, PlannedGraph plan) {
        inputs = graph.inputs();
        outputs = graph.outputs();
        steps = List.copyOf(plan.steps());
        arrays = plan.arrays();
        scratches = new Scratches(
                steps.stream().map(step -> step.operation().scratch()).toList());
        fixed = Map.copyOf(plan.fixed());
        if (inputs.size() != 1) {
            throw new UnsupportedModelException("it has " + inputs.size() + " inputs; only one is supported");
        }
        input = plan.defined(inputs.keySet().iterator().next()).buffer();
        outputBuffers = outputs.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(), name -> plan.defined(name).buffer()));
    }

    /**
     * Reads a model and plans how it is run.
     *
     * @param file an ONNX file
     * @throws UnsupportedModelException if it isn't a whole model, or has a part that isn't supported
     */
    public static Program of(byte[] file) {
        return of(file, Products.fastest());
    }

    static Program of(byte[] file, Products products) {
        Graph graph = Graph.read(file);
        return new Program(graph, Planner.plan(graph, products));
    }

    /** The dimensions of each input, by name. */
    public Map<String, List<Long>> inputs() {
        return inputs;
    }

    /** The dimensions of each output, by name. */
    public Map<String, List<Long>> outputs() {
        return outputs;
    }

    /** Allocates the memory of one run at a time. */
    public Workspace newWorkspace() {
        return new Workspace(arrays.allocate(fixed));
    }

    /** The memory of one run at a time. */
    public final class Workspace {

        private final float[][] buffers;
        private final List<BoundStep> bound;

        private Workspace(float[][] buffers) {
            this.buffers = buffers;
            bound = steps.stream().map(step -> BoundStep.of(step, buffers)).toList();
        }

        /**
         * Runs the model. The numbers of the outputs are the same, bit for bit, with and without help.
         *
         * @param numbers the input's numbers, row by row
         * @param names which outputs are wanted
         * @param results receives their numbers, an array of the right size for each
         * @param helper is offered parts of the work, and refuses them by {@link java.util.concurrent.RejectedExecutionException}
         *     when it has no idle thread
         */
        public void run(float[] numbers, List<String> names, List<float[]> results, Executor helper) {
            System.arraycopy(numbers, 0, buffers[input.id()], 0, input.size());
            Scratch scratch = scratches.take();
            Team team = new Team(helper, scratches);
            try {
                for (BoundStep step : bound) {
                    team.run(step, scratch);
                }
            } finally {
                team.end();
                scratches.giveBack(scratch);
            }
            for (int i = 0; i < names.size(); i++) {
                Buffer output = outputBuffers.get(names.get(i));
                if (output == null) {
                    throw new IllegalArgumentException("there is no output " + names.get(i));
                }
                System.arraycopy(buffers[output.id()], 0, results.get(i), 0, output.size());
            }
        }
    }
}
