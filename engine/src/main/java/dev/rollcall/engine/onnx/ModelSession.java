package dev.rollcall.engine.onnx;

import dev.rollcall.engine.onnx.OnnxModel.Shape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** A model that is loaded by one of the runtimes. Safe for use by several threads, each with a {@link Binding} of its own. */
interface ModelSession extends AutoCloseable {

    /** The dimensions of the inputs of float numbers, by name; −1 for one that isn't fixed. */
    Map<String, List<Long>> inputs();

    /** The dimensions of the outputs of float numbers, by name. */
    Map<String, List<Long>> outputs();

    /** Allocates what one thread needs. The model has these inputs and outputs. */
    Binding bind(Shape input, List<Shape> outputs);

    @Override
    void close();

    /** The input and output of one thread. Not safe for use by several threads at once. */
    interface Binding extends AutoCloseable {

        /** Copies the input's numbers. */
        void fill(float[] values);

        /**
         * Runs the model.
         *
         * @param results receives the numbers of each output, in the order of the binding
         * @param helper may be offered parts of the work
         */
        void run(List<float[]> results, Executor helper);

        @Override
        void close();
    }
}
