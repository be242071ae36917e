package dev.rollcall.engine.onnx.compute;

import java.util.List;

/** One operation of a plan. Immutable; used by several threads, each with memory of its own. */
interface Step {

    List<Buffer> reads();

    Buffer writes();

    /** What the step needs besides its buffers. */
    default Scratch scratch() {
        return Scratch.NONE;
    }

    /** Computes the buffer that it writes. */
    void run(Memory memory);
}
