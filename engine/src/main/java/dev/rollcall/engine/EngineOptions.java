package dev.rollcall.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the engine is set up.
 *
 * @param maxMegapixels largest accepted picture, in millions of pixels; positive
 * @param liveness whether the liveness model is loaded; without it every analysis must have liveness off
 * @param nativeFolder a lasting folder for ONNX Runtime's native library, or null to have it unpacked into the temporary
 *     folder at every start; the first engine of a process decides
 */
public record EngineOptions(
        int maxMegapixels, boolean liveness, @Nullable Path nativeFolder) {

    /** Pictures up to 25 megapixels, with liveness, the native library in the temporary folder. */
    public static EngineOptions defaults() {
        return new EngineOptions(25, true, null);
    }
}
