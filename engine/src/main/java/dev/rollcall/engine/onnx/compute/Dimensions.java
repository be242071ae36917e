package dev.rollcall.engine.onnx.compute;

import java.util.List;

/** The size of tensors. */
final class Dimensions {

    private Dimensions() {}

    /** The product of the sizes; 1 for a single number. */
    static int product(List<Integer> dimensions) {
        return dimensions.stream().reduce(1, Math::multiplyExact);
    }
}
