package dev.rollcall.engine.onnx.compute;

/** A step with the arrays of one workspace. */
final class BoundStep {

    private final Operation operation;
    private final float[][] inputs;
    private final float[] output;

    BoundStep(Operation operation, float[][] inputs, float[] output) {
        this.operation = operation;
        this.inputs = inputs;
        this.output = output;
    }

    /**
     * A step with arrays.
     *
     * @param arrays the array of each buffer, at the index of its id
     */
    static BoundStep of(Step step, float[][] arrays) {
        float[][] inputs =
                step.reads().stream().map(buffer -> arrays[buffer.id()]).toArray(float[][]::new);
        return new BoundStep(step.operation(), inputs, arrays[step.writes().id()]);
    }

    /** How many parts different threads can compute. */
    int parts() {
        return operation.parts();
    }

    void run(int part, int parts, Scratch scratch) {
        operation.run(inputs, output, part, parts, scratch);
    }
}
