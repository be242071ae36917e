package dev.rollcall.engine.onnx;

import dev.rollcall.engine.EngineException;
import dev.rollcall.engine.onnx.OnnxModel.Shape;
import dev.rollcall.engine.onnx.compute.Program;
import dev.rollcall.engine.onnx.file.UnsupportedModelException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;

/**
 * A model that is computed in Java. Keeps the memory of ended runs for the next ones, so there is as much of it as for the largest
 * number of runs at once.
 */
final class JavaSession implements ModelSession {

    private final Program program;
    private final ConcurrentLinkedDeque<Program.Workspace> idle = new ConcurrentLinkedDeque<>();

    private JavaSession(Program program) {
        this.program = program;
    }

    static JavaSession of(String name, byte[] file) {
        try {
            return new JavaSession(Program.of(file));
        } catch (UnsupportedModelException e) {
            throw new EngineException("model " + name + " can't be loaded: " + e.getMessage(), e);
        }
    }

    @Override
    public Map<String, List<Long>> inputs() {
        return program.inputs();
    }

    @Override
    public Map<String, List<Long>> outputs() {
        return program.outputs();
    }

    @Override
    public Binding bind(Shape input, List<Shape> outputs) {
        List<String> names = outputs.stream().map(Shape::name).toList();
        float[] values = new float[input.size()];
        return new Binding() {
            @Override
            public void fill(float[] numbers) {
                System.arraycopy(numbers, 0, values, 0, values.length);
            }

            @Override
            public void run(List<float[]> results, Executor helper) {
                Program.Workspace kept = idle.pollFirst();
                Program.Workspace workspace = kept != null ? kept : program.newWorkspace();
                workspace.run(values, names, results, helper);
                idle.addFirst(workspace);
            }

            @Override
            public void close() {
                // Only memory of the heap is used.
            }
        };
    }

    @Override
    public void close() {
        idle.clear();
    }
}
