package dev.rollcall.engine.onnx.compute;

import java.util.List;

/**
 * One step of a plan.
 *
 * @param reads the buffers that it reads
 * @param writes the buffer that it computes
 */
record Step(List<Buffer> reads, Buffer writes, Operation operation) {

    Step {
        reads = List.copyOf(reads);
    }
}
