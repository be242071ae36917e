package dev.rollcall.engine.onnx.compute;

import java.util.List;

/**
 * A tensor that is known when the model is planned, except for its numbers.
 *
 * @param buffer where its numbers lie, row by row. Tensors with the same numbers in other dimensions share a buffer
 * @param dimensions the size along each dimension
 */
record Tensor(Buffer buffer, List<Integer> dimensions) {

    Tensor {
        dimensions = List.copyOf(dimensions);
        if (Dimensions.product(dimensions) != buffer.size()) {
            throw new IllegalArgumentException(dimensions + " are not " + buffer.size() + " numbers");
        }
    }

    int size() {
        return buffer.size();
    }

    int dimension(int index) {
        return dimensions.get(index);
    }

    int rank() {
        return dimensions.size();
    }

    /** The product of the sizes of the dimensions from the first up to one, without that. */
    int outer(int dimension) {
        return Dimensions.product(dimensions.subList(0, dimension));
    }

    /** The product of the sizes of the dimensions from one on. */
    int inner(int dimension) {
        return Dimensions.product(dimensions.subList(dimension, dimensions.size()));
    }

    /** The same numbers in other dimensions. */
    Tensor as(List<Integer> others) {
        return new Tensor(buffer, others);
    }
}
