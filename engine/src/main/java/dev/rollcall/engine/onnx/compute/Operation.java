package dev.rollcall.engine.onnx.compute;

/** What a step computes. Immutable; used by several threads, each with a scratch of its own. */
interface Operation {

    /** What each thread needs besides the buffers. */
    default ScratchSize scratch() {
        return ScratchSize.NONE;
    }

    /** How many parts of the output can be computed by different threads at once. */
    default int parts() {
        return 1;
    }

    /**
     * Computes a part of the output. Its numbers are the same, bit for bit, whether it is computed in parts or as a whole.
     *
     * @param inputs the numbers of each buffer that is read; an array may be longer than its buffer, by {@link Buffer#MARGIN} at least
     * @param output receives the result
     * @param part which part, from 0 on
     * @param parts {@link #parts()}, or 1 for all of the output
     */
    void run(float[][] inputs, float[] output, int part, int parts, Scratch scratch);
}
