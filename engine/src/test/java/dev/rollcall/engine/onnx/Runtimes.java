package dev.rollcall.engine.onnx;

import dev.rollcall.engine.RuntimeOptions;
import dev.rollcall.engine.RuntimeOptions.Choice;

/** The runtimes of tests. */
final class Runtimes {

    private Runtimes() {}

    static ModelRuntime runtime(Choice choice) {
        return ModelRuntime.of(new RuntimeOptions(choice, null));
    }
}
