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
 * @param modelFolder a folder with a manifest and models that replace built-in ones, or null
 */
public record EngineOptions(
        int maxMegapixels,
        boolean liveness,
        @Nullable Path nativeFolder,
        @Nullable Path modelFolder) {

    /** Pictures up to 25 megapixels, with liveness, the native library in the temporary folder, the built-in models. */
    public static EngineOptions defaults() {
        return new EngineOptions(25, true, null, null);
    }
}
