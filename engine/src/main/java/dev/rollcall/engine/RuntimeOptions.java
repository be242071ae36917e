package dev.rollcall.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What computes the models.
 *
 * @param choice which runtime
 * @param nativeFolder a lasting folder for ONNX Runtime's native library, or null to have it unpacked into the temporary folder
 *     at every start; only the first use of a process counts
 */
public record RuntimeOptions(Choice choice, @Nullable Path nativeFolder) {

    /** Which runtime computes the models. */
    public enum Choice {
        /** ONNX Runtime, or Java if its library can't be loaded. */
        AUTO,
        /** ONNX Runtime's native library. */
        NATIVE,
        /** Java alone: the same results up to rounding, several times slower. */
        JAVA
    }

    /** ONNX Runtime with its library in the temporary folder, or Java if it can't be loaded. */
    public static RuntimeOptions automatic() {
        return new RuntimeOptions(Choice.AUTO, null);
    }
}
