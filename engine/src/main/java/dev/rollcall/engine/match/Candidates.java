package dev.rollcall.engine.match;

import java.util.Arrays;

/** Templates whose rounded scores may make them the best, few at once. Not safe for use by several threads. */
final class Candidates {

    private static final int START = 256;

    /** Each a score in the upper half, in the form of {@link #sortable}, and a slot in the lower. */
    private long[] entries = new long[START];

    private int size;

    /**
     * Adds a template.
     *
     * @param least a score below which templates need not be kept any more
     */
    void add(int slot, float score, float least) {
        if (size == entries.length) {
            forgetBelow(least);
            if (size > entries.length / 2) {
                entries = Arrays.copyOf(entries, entries.length * 2);
            }
        }
        entries[size++] = (long) sortable(score) << Integer.SIZE | slot;
    }

    private void forgetBelow(float least) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (score(i) >= least) {
                entries[kept++] = entries[i];
            }
        }
        size = kept;
    }

    /** Forgets those below a score, and puts the others in order, the one with the greatest score first. */
    void sortFrom(float least) {
        forgetBelow(least);
        Arrays.sort(entries, 0, size);
        for (int i = 0; i < size / 2; i++) {
            long entry = entries[i];
            entries[i] = entries[size - 1 - i];
            entries[size - 1 - i] = entry;
        }
    }

    int size() {
        return size;
    }

    int slot(int i) {
        return (int) entries[i];
    }

    float score(int i) {
        return Float.intBitsToFloat(sortable((int) (entries[i] >> Integer.SIZE)));
    }

    /** The bits of a number, such that they have its order as integers do. */
    private static int sortable(float number) {
        return sortable(Float.floatToIntBits(number));
    }

    /** Turns the order of negative numbers; its own inverse. */
    private static int sortable(int bits) {
        return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    }
}
