package dev.rollcall.engine.onnx.compute;

import dev.rollcall.engine.onnx.file.Graph;
import dev.rollcall.engine.onnx.file.UnsupportedModelException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A model that is ready to be run in Java. Immutable; used by several threads, each with a {@link Workspace} of its own. */
public final class Program {

    private final Map<String, List<Long>> inputs;
    private final Map<String, List<Long>> outputs;
    private final List<Step> steps;
    private final ArrayPlan arrays;

    /** The numbers of buffers that don't change, by id. */
    private final Map<Integer, float[]> fixed;

    private final Buffer input;
    private final Map<String, Buffer> outputBuffers;

    private Program(Graph graph, PlannedGraph plan) {
        inputs = graph.inputs();
        outputs = graph.outputs();
        steps = List.copyOf(plan.steps());
        arrays = plan.arrays();
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
        Graph graph = Graph.read(file);
        return new Program(graph, Planner.plan(graph));
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
        List<Scratch> needs = steps.stream().map(Step::scratch).toList();
        return new Workspace(new Memory(arrays, fixed, needs));
    }

    /** The memory of one run at a time. */
    public final class Workspace {

        private final Memory memory;

        private Workspace(Memory memory) {
            this.memory = memory;
        }

        /**
         * Runs the model.
         *
         * @param numbers the input's numbers, row by row
         * @param names which outputs are wanted
         * @param results receives their numbers, an array of the right size for each
         */
        public void run(float[] numbers, List<String> names, List<float[]> results) {
            System.arraycopy(numbers, 0, memory.of(input), 0, input.size());
            for (Step step : steps) {
                step.run(memory);
            }
            for (int i = 0; i < names.size(); i++) {
                Buffer output = outputBuffers.get(names.get(i));
                if (output == null) {
                    throw new IllegalArgumentException("there is no output " + names.get(i));
                }
                System.arraycopy(memory.of(output), 0, results.get(i), 0, output.size());
            }
        }
    }
}
