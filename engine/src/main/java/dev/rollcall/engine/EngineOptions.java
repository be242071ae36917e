package dev.rollcall.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the engine is set up.
 *
 * @param maxMegapixels largest accepted picture, in millions of pixels; positive
 * @param pictureBytes how much memory all pictures that are decoded or analysed at once may take together; positive.
 *     One that alone needs more is rejected on its header. Up to 16 MB more are kept from one picture to the next
 * @param liveness whether the liveness model is loaded; without it every analysis must have liveness off
 * @param runtime what computes the models
 * @param modelFolder a folder with a manifest and models that replace built-in ones, or null
 */
public record EngineOptions(
        int maxMegapixels,
        long pictureBytes,
        boolean liveness,
        RuntimeOptions runtime,
        @Nullable Path modelFolder) {

    /** Enough for a progressive JPEG of 8 megapixels with colour at half resolution, or for five 1920×1080 pictures. */
    public static final long DEFAULT_PICTURE_BYTES = 32L << 20;

    /**
     * Pictures up to 25 megapixels, {@link #DEFAULT_PICTURE_BYTES} for them, with liveness, the runtime chosen
     * automatically, the built-in models.
     */
    public static EngineOptions defaults() {
        return new EngineOptions(25, DEFAULT_PICTURE_BYTES, true, RuntimeOptions.automatic(), null);
    }
}
