package dev.rollcall.engine.onnx;

import dev.rollcall.engine.EngineException;

/**
 * The products of rows of numbers with a matrix of signed bytes, one thread a call. Safe for use by several threads, each with rows
 * and products of its own; a matrix must not change during a call with it. Rows, matrices and products belong to the object that
 * made them.
 */
public interface ByteProduct extends AutoCloseable {

    /** The greatest size of a number in a row. */
    int LARGEST_IN_ROW = 63;

    /** The number of columns of a matrix is a multiple of it. */
    int GROUP = 96;

    /** A matrix of signed bytes off the heap, all 0 at first. */
    interface Matrix {

        int columns();

        /** Sets a column to so many bytes as the matrix has rows. */
        void setColumn(int column, byte[] bytes);

        /** Copies the columns of another matrix, which has no more, to the first ones of this. */
        void setFirst(Matrix other);
    }

    /** A row in the form that products take. */
    interface Row extends AutoCloseable {

        /** Sets the row to so many numbers as it has places, each −63…63. */
        void set(byte[] numbers);

        @Override
        void close();
    }

    /** The products of a row with the columns of a matrix. */
    abstract class Products {

        private final int[] shifted;
        private final int[] offsets;

        Products(int columns) {
            shifted = new int[columns];
            offsets = new int[columns];
        }

        /** The products, each with an offset added. */
        final int[] shifted() {
            return shifted;
        }

        /** The offsets. */
        final int[] offsets() {
            return offsets;
        }

        /** The product of the row and a column, exactly. */
        public final int of(int column) {
            return shifted[column] - offsets[column];
        }
    }

    /** Allocates a matrix; its memory is freed once nothing refers to it. */
    Matrix newMatrix(int columns);

    /** Allocates a row. */
    Row newRow();

    /**
     * Allocates memory for products.
     *
     * @param columns most columns of a matrix
     */
    Products newProducts(int columns);

    /**
     * Computes the product of a row with each column of a matrix, from the first one on.
     *
     * @param columns how many columns, at least 1
     * @throws EngineException if the runtime fails
     */
    void multiply(Row row, Matrix matrix, int columns, Products products);

    @Override
    void close();
}
