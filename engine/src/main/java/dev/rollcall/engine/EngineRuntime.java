package dev.rollcall.engine;

import org.jspecify.annotations.Nullable;

/**
 * What computes an engine's models.
 *
 * @param kind the runtime
 * @param fallbackReason why Java is used although {@link RuntimeOptions.Choice#AUTO} prefers ONNX Runtime; null if it isn't
 */
public record EngineRuntime(Kind kind, @Nullable String fallbackReason) {

    /** The runtimes. */
    public enum Kind {
        /** ONNX Runtime's native library. */
        NATIVE,
        /** Java alone. */
        JAVA
    }

    /** Whether Java is used because the native library can't be loaded. */
    public boolean isFallback() {
        return fallbackReason != null;
    }
}
