package dev.rollcall.engine.onnx.compute;

import java.util.List;
import java.util.function.ToIntFunction;

/** The memory of one thread, which steps use one after another. */
final class Scratch {

    private final float[][] rows;
    private final float[][] sums;
    private final float[] plane;

    /** Allocates enough for each of several needs. */
    Scratch(List<ScratchSize> needs) {
        rows = new float[most(needs, ScratchSize::rows)][];
        for (int i = 0; i < rows.length; i++) {
            int index = i;
            List<ScratchSize> users =
                    needs.stream().filter(need -> need.rows() > index).toList();
            rows[i] = new float[most(users, ScratchSize::rowLength)];
        }
        sums = new float[Product.SUMS][most(needs, ScratchSize::rowLength) + Buffer.MARGIN];
        plane = new float[most(needs, ScratchSize::plane) + Buffer.MARGIN];
    }

    private static int most(List<ScratchSize> needs, ToIntFunction<ScratchSize> size) {
        return needs.stream().mapToInt(size).max().orElse(0);
    }

    float[] row(int index) {
        return rows[index];
    }

    /** One of the arrays for sums. */
    float[] sum(int index) {
        return sums[index];
    }

    float[] plane() {
        return plane;
    }
}
