package dev.rollcall.engine.match;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Templates whose rounded scores may make them the best, few at once. Not safe for use by several threads. */
final class Candidates {

    private static final int START = 256;

    private int[] slots = new int[START];
    private float[] scores = new float[START];
    private int size;

    /**
     * Adds a template.
     *
     * @param least a score below which templates need not be kept any more
     */
    void add(int slot, float score, float least) {
        if (size == slots.length) {
            forget(least);
        }
        if (size > slots.length / 2) {
            slots = Arrays.copyOf(slots, slots.length * 2);
            scores = Arrays.copyOf(scores, scores.length * 2);
        }
        slots[size] = slot;
        scores[size++] = score;
    }

    private void forget(float least) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (scores[i] >= least) {
                slots[kept] = slots[i];
                scores[kept++] = scores[i];
            }
        }
        size = kept;
    }

    /** Passes the slots of those with at least a score, in the order in which they were added. */
    void forEachFrom(float least, IntConsumer action) {
        for (int i = 0; i < size; i++) {
            if (scores[i] >= least) {
                action.accept(slots[i]);
            }
        }
    }
}
