package dev.rollcall.engine.quality;

import dev.rollcall.engine.onnx.ModelSpec;

/**
 * The limits of the embedding's length before normalisation. They depend on the model and come from its manifest.
 *
 * @param upright length from which a face is certainly upright
 * @param standard smallest length accepted for recognition
 * @param strict smallest length accepted for enrollment
 */
public record NormLimits(float upright, float standard, float strict) {

    /** The limits that the embedder's manifest gives. */
    public static NormLimits of(ModelSpec embedder) {
        return new NormLimits(
                (float) embedder.decimal("upright_norm", 0, Float.MAX_VALUE),
                (float) embedder.decimal("standard_norm", 0, Float.MAX_VALUE),
                (float) embedder.decimal("strict_norm", 0, Float.MAX_VALUE));
    }
}
