package dev.rollcall.engine.onnx;

import dev.rollcall.engine.EngineException;
import dev.rollcall.engine.EngineRuntime;
import dev.rollcall.engine.EngineRuntime.Kind;
import dev.rollcall.engine.RuntimeOptions;
import org.jspecify.annotations.Nullable;

/** What runs models and multiplies matrices: ONNX Runtime's native library or Java. Immutable. */
public final class ModelRuntime {

    private final EngineRuntime inUse;

    private ModelRuntime(Kind kind, @Nullable String fallbackReason) {
        inUse = new EngineRuntime(kind, fallbackReason);
    }

    /**
     * Chooses the runtime, and loads the native library if it is the one.
     *
     * @throws EngineException if only the native library may be used and it can't be loaded
     */
    public static ModelRuntime of(RuntimeOptions options) {
        if (options.choice() == RuntimeOptions.Choice.JAVA) {
            return new ModelRuntime(Kind.JAVA, null);
        }
        String problem = NativeLibrary.load(options.nativeFolder()).orElse(null);
        if (problem == null) {
            return new ModelRuntime(Kind.NATIVE, null);
        }
        if (options.choice() == RuntimeOptions.Choice.NATIVE) {
            throw new EngineException("ONNX Runtime's native library can't be used: " + problem);
        }
        return new ModelRuntime(Kind.JAVA, problem);
    }

    /** The runtime, and why. */
    public EngineRuntime inUse() {
        return inUse;
    }

    /** Loads a model file, whose name is for messages. */
    ModelSession open(String name, byte[] file) {
        return switch (inUse.kind()) {
            case NATIVE -> NativeSession.of(name, file);
            case JAVA -> JavaSession.of(name, file);
        };
    }

    /**
     * Prepares products of rows with matrices.
     *
     * @param length the size of a row, and the number of rows of each matrix; even
     * @throws EngineException if the runtime fails
     */
    public ByteProduct product(int length) {
        return switch (inUse.kind()) {
            case NATIVE -> NativeByteProduct.ofLength(length);
            case JAVA -> new JavaByteProduct(length);
        };
    }
}
