package dev.rollcall.engine.onnx.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SharedStepTest {

    /** Writes each part's number, and fails at one of them. */
    private record Numbering(int parts, int failing) implements Operation {

        @Override
        public void run(float[][] inputs, float[] output, int part, int ofParts, Scratch scratch) {
            if (part == failing) {
                throw new IllegalArgumentException("part " + part);
            }
            output[part] += part;
        }
    }

    private static final Scratch SCRATCH = new Scratch(List.of());

    @Test
    void eachPart_isComputedOnce() {
        float[] output = new float[4];
        SharedStep step = new SharedStep(new BoundStep(new Numbering(4, -1), new float[0][], output));

        while (step.runNext(SCRATCH)) {
            // Until all parts are taken.
        }
        step.await();

        assertThat(step.runNext(SCRATCH)).isFalse();
        assertThat(output).containsExactly(0, 1, 2, 3);
    }

    @Test
    void partThatFails_failsTheStepAfterAllOthers() {
        float[] output = new float[4];
        SharedStep step = new SharedStep(new BoundStep(new Numbering(4, 1), new float[0][], output));

        while (step.runNext(SCRATCH)) {
            // Until all parts are taken.
        }

        assertThatThrownBy(step::await).hasRootCauseMessage("part 1");
        assertThat(output).containsExactly(0, 0, 2, 3);
    }
}
