package dev.rollcall.engine;

import java.util.function.Supplier;

/** Hears how long the stages of analyses took. Must be safe for use by several threads, and quick. */
public interface StageListener {

    /** Hears nothing. */
    StageListener NONE = (stage, nanos) -> {};

    /** The stages of an analysis, in their order; those behind the first may come again for a turned picture. */
    enum Stage {
        DECODE,
        DETECT,
        LANDMARKS,
        ALIGN,
        EMBED,
        QUALITY,
        LIVENESS
    }

    /**
     * Hears of a stage that has ended.
     *
     * @param nanos how long it took, in nanoseconds
     */
    void took(Stage stage, long nanos);

    /** Does a stage's work and tells how long it took. */
    default <T> T timed(Stage stage, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        took(stage, System.nanoTime() - start);
        return result;
    }
}
