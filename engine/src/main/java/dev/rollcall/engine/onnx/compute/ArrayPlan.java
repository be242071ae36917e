package dev.rollcall.engine.onnx.compute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which array holds which buffer. Buffers share an array if one is no longer needed when the other is written. The arrays are
 * separate, so that the compiler knows that a step's input and output don't overlap.
 */
final class ArrayPlan {

    private static final int NONE = -1;

    private final int[] arrays;
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();

    /**
     * Plans the arrays.
     *
     * @param buffers all buffers, at the index of their id
     * @param inputs those that are written before the first step
     * @param outputs those that are read after the last one
     * @param constants those that have arrays already
     */
    ArrayPlan(List<Step> steps, List<Buffer> buffers, Set<Buffer> inputs, Set<Buffer> outputs, Set<Integer> constants) {
        arrays = new int[buffers.size()];
        Arrays.fill(arrays, NONE);
        inputs.forEach(this::assign);
        int[] lastUse = new int[buffers.size()];
        for (int i = 0; i < steps.size(); i++) {
            for (Buffer read : steps.get(i).reads()) {
                lastUse[read.id()] = i;
            }
        }
        for (int i = 0; i < steps.size(); i++) {
            assign(steps.get(i).writes());
            for (Buffer read : Set.copyOf(steps.get(i).reads())) {
                if (lastUse[read.id()] == i && !outputs.contains(read) && !constants.contains(read.id())) {
                    free.add(arrays[read.id()]);
                }
            }
        }
    }

    /** Takes the smallest free array that is large enough, or makes the largest one larger, or adds one. */
    private void assign(Buffer buffer) {
        int chosen = free.stream()
                .filter(array -> sizes.get(array) >= buffer.size())
                .min(Comparator.comparing(sizes::get))
                .or(() -> free.stream().max(Comparator.comparing(sizes::get)))
                .orElse(NONE);
        if (chosen == NONE) {
            chosen = sizes.size();
            sizes.add(buffer.size());
        }
        free.remove((Integer) chosen);
        sizes.set(chosen, Math.max(sizes.get(chosen), buffer.size()));
        arrays[buffer.id()] = chosen;
    }

    /**
     * Allocates the arrays.
     *
     * @param constants the numbers of those buffers that don't change, by id
     * @return the array of each buffer, at the index of its id
     */
    float[][] allocate(Map<Integer, float[]> constants) {
        float[][] distinct =
                sizes.stream().map(size -> new float[size + Buffer.MARGIN]).toArray(float[][]::new);
        float[][] all = new float[arrays.length][];
        for (int id = 0; id < all.length; id++) {
            float[] constant = constants.get(id);
            all[id] = constant != null ? constant : distinct[arrays[id]];
        }
        return all;
    }
}
