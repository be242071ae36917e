package dev.rollcall.engine.onnx.compute;

import java.util.List;
import java.util.Map;

/** The memory of one run of a plan at a time, allocated once. */
final class Memory {

    private final float[][] buffers;
    private final float[][] rows;
    private final float[][] sums;
    private final float[] windows;

    /**
     * Allocates the memory.
     *
     * @param arrays the array that each buffer uses
     * @param constants the numbers of those buffers that don't change
     */
    Memory(ArrayPlan arrays, Map<Integer, float[]> constants, List<Scratch> needs) {
        float[][] distinct = new float[arrays.count()][];
        for (int i = 0; i < distinct.length; i++) {
            distinct[i] = new float[arrays.size(i)];
        }
        buffers = new float[arrays.buffers()][];
        for (int id = 0; id < buffers.length; id++) {
            float[] constant = constants.get(id);
            buffers[id] = constant != null ? constant : distinct[arrays.arrayOf(id)];
        }
        rows = rows(needs);
        int longest = needs.stream().mapToInt(Scratch::rowLength).max().orElse(0);
        sums = new float[2][longest];
        windows = new float[needs.stream().mapToInt(Scratch::windows).max().orElse(0)];
    }

    /** Each row is as long as the longest of a step that needs so many rows. */
    private static float[][] rows(List<Scratch> needs) {
        int most = needs.stream().mapToInt(Scratch::rows).max().orElse(0);
        float[][] rows = new float[most][];
        for (int i = 0; i < most; i++) {
            int index = i;
            rows[i] = new float
                    [needs.stream()
                            .filter(need -> need.rows() > index)
                            .mapToInt(Scratch::rowLength)
                            .max()
                            .orElse(0)];
        }
        return rows;
    }

    float[] of(Buffer buffer) {
        return buffers[buffer.id()];
    }

    float[] row(int index) {
        return rows[index];
    }

    float[][] rows() {
        return rows;
    }

    /** One of two arrays for sums. */
    float[] sum(int index) {
        return sums[index];
    }

    float[] windows() {
        return windows;
    }
}
