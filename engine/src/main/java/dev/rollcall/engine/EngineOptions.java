package dev.rollcall.engine;

/**
 * How the engine is set up.
 *
 * @param maxMegapixels largest accepted picture, in millions of pixels; positive
 * @param liveness whether the liveness model is loaded; without it every analysis must have liveness off
 */
public record EngineOptions(int maxMegapixels, boolean liveness) {

    /** Pictures up to 25 megapixels, with liveness. */
    public static EngineOptions defaults() {
        return new EngineOptions(25, true);
    }
}
