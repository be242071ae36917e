package dev.rollcall.engine;

import java.util.function.Supplier;

/** Receives the durations of the stages of analyses. Must be safe for use by several threads, and fast. */
public interface StageListener {

    /** Ignores all durations. */
    StageListener NONE = (stage, nanos) -> {};

    /** The stages of an analysis, in their order; those after DECODE may be repeated for a rotated picture. */
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
     * Is called at the end of a stage.
     *
     * @param nanos the duration in nanoseconds
     */
    void took(Stage stage, long nanos);

    /** Runs a stage's work and reports its duration. */
    default <T> T timed(Stage stage, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        took(stage, System.nanoTime() - start);
        return result;
    }
}
