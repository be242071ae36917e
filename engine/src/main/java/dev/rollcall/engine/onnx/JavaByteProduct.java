package dev.rollcall.engine.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;

/** Products in Java. */
final class JavaByteProduct implements ByteProduct {

    /*
     * The compiler makes vector instructions of operations on ints, not of ones that convert bytes. So four columns' bytes are
     * taken as one int, of which masks leave two, 16 bits apart, and one multiplication makes two products. Numbers of rows are
     * passed as u = r + 63, 0…126, and bytes of the matrix as w = b + 128, 0…255. So no product is negative, and two of them added
     * are at most 2 · 126 · 255 = 64,260, less than 65,536. Then
     *
     *   Σ r · b = Σ u · w − 128 · Σ r − 63 · Σ w
     */

    private static final int ROW_ZERO = LARGEST_IN_ROW;
    private static final int BYTE_ZERO = 128;
    private static final int BYTES_EACH = Integer.BYTES;
    private static final int EVEN_BYTES = 0x00FF00FF;
    private static final int LOWER = 0xFFFF;

    private final int length;

    /**
     * Prepares products.
     *
     * @param length the size of a row, and the number of rows of each matrix; even
     */
    JavaByteProduct(int length) {
        if (length % 2 != 0) {
            throw new IllegalArgumentException(length + " is odd");
        }
        this.length = length;
    }

    /** Its rows lie one after another. */
    private final class JavaMatrix implements Matrix {

        private final int columns;
        private final ByteBuffer values;
        private final IntBuffer lanes;
        private final IntBuffer offsets;

        private JavaMatrix(int columns) {
            if (columns % GROUP != 0) {
                throw new IllegalArgumentException(columns + " columns are not a multiple of " + GROUP);
            }
            this.columns = columns;
            values = direct(length * columns);
            lanes = values.asIntBuffer();
            offsets = direct(columns * Integer.BYTES).asIntBuffer();
            byte[] zeros = new byte[columns];
            Arrays.fill(zeros, (byte) BYTE_ZERO);
            for (int row = 0; row < length; row++) {
                values.put(row * columns, zeros);
            }
            for (int column = 0; column < columns; column++) {
                offsets.put(column, ROW_ZERO * BYTE_ZERO * length);
            }
        }

        private static ByteBuffer direct(int bytes) {
            return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public void setColumn(int column, byte[] bytes) {
            int sum = 0;
            for (int row = 0; row < length; row++) {
                values.put(row * columns + column, (byte) (bytes[row] + BYTE_ZERO));
                sum += bytes[row] + BYTE_ZERO;
            }
            offsets.put(column, ROW_ZERO * sum);
        }

        @Override
        public void setFirst(Matrix other) {
            JavaMatrix smaller = (JavaMatrix) other;
            for (int row = 0; row < length; row++) {
                values.put(row * columns, smaller.values, row * smaller.columns, smaller.columns);
            }
            offsets.put(0, smaller.offsets, 0, smaller.columns);
        }
    }

    private final class JavaRow implements Row {

        private final int[] values = new int[length];
        private int offset;

        @Override
        public void set(byte[] numbers) {
            int sum = 0;
            for (int i = 0; i < length; i++) {
                if (Math.abs(numbers[i]) > LARGEST_IN_ROW) {
                    throw new IllegalArgumentException(numbers[i] + " is too large for a row");
                }
                values[i] = numbers[i] + ROW_ZERO;
                sum += numbers[i];
            }
            offset = BYTE_ZERO * sum;
        }

        @Override
        public void close() {
            // Only memory of the heap is used.
        }
    }

    /** Products, with the sums of every fourth column while they are computed. */
    private static final class JavaProducts extends Products {

        private final int[][] sums;
        private final int[] row;
        private final int[] next;

        private JavaProducts(int columns) {
            super(columns);
            int lanes = (columns + BYTES_EACH - 1) / BYTES_EACH;
            sums = new int[BYTES_EACH][lanes];
            row = new int[lanes];
            next = new int[lanes];
        }
    }

    @Override
    public Matrix newMatrix(int columns) {
        return new JavaMatrix(columns);
    }

    @Override
    public Row newRow() {
        return new JavaRow();
    }

    @Override
    public Products newProducts(int columns) {
        return new JavaProducts(columns);
    }

    @Override
    public void multiply(Row row, Matrix matrix, int columns, Products products) {
        JavaMatrix right = (JavaMatrix) matrix;
        JavaProducts own = (JavaProducts) products;
        JavaRow left = (JavaRow) row;
        int n = (columns + BYTES_EACH - 1) / BYTES_EACH;
        int line = right.columns / BYTES_EACH;
        int[][] sums = own.sums;
        for (int[] sum : sums) {
            Arrays.fill(sum, 0, n, 0);
        }
        for (int i = 0; i < length; i += 2) {
            right.lanes.get(i * line, own.row, 0, n);
            right.lanes.get((i + 1) * line, own.next, 0, n);
            addEven(sums[0], sums[2], own.row, own.next, left.values[i], left.values[i + 1], n);
            addOdd(sums[1], sums[3], own.row, own.next, left.values[i], left.values[i + 1], n);
        }
        for (int column = 0; column < columns; column++) {
            products.shifted()[column] = sums[column % BYTES_EACH][column / BYTES_EACH] - left.offset;
        }
        right.offsets.get(0, products.offsets(), 0, columns);
    }

    /** Adds x · a + y · b for the lowest and the third byte of each int. */
    private static void addEven(int[] first, int[] third, int[] a, int[] b, int x, int y, int n) {
        for (int i = 0; i < n; i++) {
            int both = x * (a[i] & EVEN_BYTES) + y * (b[i] & EVEN_BYTES);
            first[i] = first[i] + (both & LOWER);
            third[i] = third[i] + (both >>> Short.SIZE);
        }
    }

    /** Adds x · a + y · b for the second and the highest byte of each int. */
    private static void addOdd(int[] second, int[] fourth, int[] a, int[] b, int x, int y, int n) {
        for (int i = 0; i < n; i++) {
            int both = x * (a[i] >>> Byte.SIZE & EVEN_BYTES) + y * (b[i] >>> Byte.SIZE & EVEN_BYTES);
            second[i] = second[i] + (both & LOWER);
            fourth[i] = fourth[i] + (both >>> Short.SIZE);
        }
    }

    @Override
    public void close() {
        // Matrices are freed when nothing refers to them.
    }
}
