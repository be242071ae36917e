package dev.rollcall.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.rollcall.engine.EngineException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Map;

/** Products by ONNX Runtime's MatMulInteger. */
final class NativeByteProduct implements ByteProduct {

    /*
     * Three choices decide the speed, all measured (bench/bench gallery):
     *
     * ONNX Runtime multiplies a single row of unsigned bytes with signed bytes as they lie in memory, at the pace of the memory,
     * but only if neither has a zero point; otherwise it rearranges the matrix in every call, which takes three times as long.
     * So the row's numbers r are passed as r + 64, and 64 times the sum of the column is subtracted afterwards:
     *
     *   Σ (r + 64) · b − 64 · Σ b = Σ r · b
     *
     * The matrix lies in memory as groups of 96 columns, which are read from their first byte to their last. Whole rows of a
     * wide matrix would be many places in memory at once, which processors fetch ahead less well.
     *
     * Processors without the VNNI instructions add two products of bytes in 16 bits and cut off what is beyond. Row numbers
     * of at most 63 prevent that: 2 · (63 + 64) · 128 = 32,512, less than 32,767.
     */

    private static final int ROW_ZERO = 64;
    private static final int CACHE_LINE = 64;

    private final int length;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    private NativeByteProduct(int length, OrtSession session) {
        this.length = length;
        this.session = session;
    }

    /**
     * Prepares products.
     *
     * @param length the size of a row, and the number of rows of each matrix
     */
    static NativeByteProduct ofLength(int length) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setMemoryPatternOptimization(false);
            OrtSession session =
                    OrtEnvironment.getEnvironment().createSession(ProductModel.bytes(length, GROUP), options);
            return new NativeByteProduct(length, session);
        } catch (OrtException e) {
            throw new EngineException("the matrix product can't be prepared: " + e.getMessage(), e);
        }
    }

    /** Columns lie in memory in groups. */
    private final class NativeMatrix implements Matrix {

        private final int columns;
        private final ByteBuffer values;
        private final IntBuffer offsets;

        private NativeMatrix(int columns) {
            if (columns % GROUP != 0) {
                throw new IllegalArgumentException(columns + " columns are not a multiple of " + GROUP);
            }
            this.columns = columns;
            values = ByteBuffer.allocateDirect(length * columns + CACHE_LINE).alignedSlice(CACHE_LINE);
            offsets = direct(columns * Integer.BYTES).asIntBuffer();
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public void setColumn(int column, byte[] bytes) {
            int first = column / GROUP * GROUP * length + column % GROUP;
            int sum = 0;
            for (int row = 0; row < length; row++) {
                values.put(first + row * GROUP, bytes[row]);
                sum += bytes[row];
            }
            offsets.put(column, ROW_ZERO * sum);
        }

        @Override
        public void setFirst(Matrix other) {
            NativeMatrix smaller = (NativeMatrix) other;
            values.put(0, smaller.values, 0, length * smaller.columns);
            offsets.put(0, smaller.offsets, 0, smaller.columns);
        }
    }

    @Override
    public Matrix newMatrix(int columns) {
        return new NativeMatrix(columns);
    }

    /** A row off the heap. */
    private final class NativeRow implements Row {

        private final ByteBuffer values = direct(length);
        private final OnnxTensor tensor = tensor(values, OnnxJavaType.UINT8, 1, 1, length);

        private NativeRow() {}

        @Override
        public void set(byte[] numbers) {
            for (int i = 0; i < length; i++) {
                if (Math.abs(numbers[i]) > LARGEST_IN_ROW) {
                    throw new IllegalArgumentException(numbers[i] + " is too large for a row");
                }
                values.put(i, (byte) (numbers[i] + ROW_ZERO));
            }
        }

        @Override
        public void close() {
            tensor.close();
        }
    }

    @Override
    public Row newRow() {
        return new NativeRow();
    }

    @Override
    public Products newProducts(int columns) {
        return new NativeProducts(columns);
    }

    /** Products that ONNX Runtime writes off the heap. */
    private static final class NativeProducts extends Products {

        private final ByteBuffer result;

        private NativeProducts(int columns) {
            super(columns);
            result = direct(columns * Integer.BYTES);
        }
    }

    @Override
    public void multiply(Row row, Matrix matrix, int columns, Products products) {
        NativeMatrix right = (NativeMatrix) matrix;
        NativeProducts target = (NativeProducts) products;
        int groups = (columns + GROUP - 1) / GROUP;
        ByteBuffer values = right.values.slice(0, groups * GROUP * length);
        ByteBuffer result = target.result.slice(0, groups * GROUP * Integer.BYTES);
        try (OnnxTensor left = tensor(values, OnnxJavaType.INT8, groups, length, GROUP);
                OnnxTensor product = tensor(result, OnnxJavaType.INT32, groups, 1, GROUP);
                OrtSession.Result ignored = session.run(
                        Map.of(ProductModel.ROW, ((NativeRow) row).tensor, ProductModel.MATRIX, left),
                        Map.of(ProductModel.PRODUCT, product))) {
            target.result.asIntBuffer().get(0, products.shifted(), 0, columns);
            right.offsets.get(0, products.offsets(), 0, columns);
        } catch (OrtException e) {
            throw new EngineException("the matrix product failed", e);
        }
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private OnnxTensor tensor(ByteBuffer values, OnnxJavaType type, long... shape) {
        try {
            return OnnxTensor.createTensor(environment, values.order(ByteOrder.nativeOrder()), shape, type);
        } catch (OrtException e) {
            throw new EngineException("no memory for a matrix", e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EngineException("the matrix product can't be closed", e);
        }
    }
}
