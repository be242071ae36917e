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

/**
 * The product of a row of numbers with a matrix of signed bytes, by ONNX Runtime's MatMulInteger, one thread a call. Safe for
 * use by several threads, each with rows and results of its own; a matrix must not change during a call with it.
 */
public final class ByteProduct implements AutoCloseable {

    private static final int ROW_ZERO = 128;

    private final int length;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    private ByteProduct(int length, OrtSession session) {
        this.length = length;
        this.session = session;
    }

    /**
     * Prepares products.
     *
     * @param length the size of the row, and the number of rows of each matrix
     */
    public static ByteProduct ofLength(int length) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setMemoryPatternOptimization(false);
            OrtSession session =
                    OrtEnvironment.getEnvironment().createSession(ProductModel.bytes(length, ROW_ZERO), options);
            return new ByteProduct(length, session);
        } catch (OrtException e) {
            throw new EngineException("the matrix product can't be prepared: " + e.getMessage(), e);
        }
    }

    /** A matrix of signed bytes off the heap, all 0 at first. */
    public final class Matrix implements AutoCloseable {

        private final int columns;
        private final ByteBuffer values;
        private final OnnxTensor tensor;

        private Matrix(int columns) {
            this.columns = columns;
            values = ByteBuffer.allocateDirect(length * columns);
            tensor = tensor(values, OnnxJavaType.INT8, length, columns);
        }

        public int columns() {
            return columns;
        }

        /** Sets a column to so many bytes as the matrix has rows. */
        public void setColumn(int column, byte[] bytes) {
            for (int row = 0; row < length; row++) {
                values.put(row * columns + column, bytes[row]);
            }
        }

        @Override
        public void close() {
            tensor.close();
        }
    }

    /** Allocates a matrix. */
    public Matrix newMatrix(int columns) {
        return new Matrix(columns);
    }

    /** A row of signed bytes in the form that products take, off the heap. */
    public final class Row implements AutoCloseable {

        private final ByteBuffer values = ByteBuffer.allocateDirect(length);
        private final OnnxTensor tensor = tensor(values, OnnxJavaType.UINT8, 1, length);

        /** Sets the row to so many bytes as it has places. */
        public void set(byte[] bytes) {
            for (int i = 0; i < length; i++) {
                values.put(i, (byte) (bytes[i] + ROW_ZERO));
            }
        }

        @Override
        public void close() {
            tensor.close();
        }
    }

    /** Allocates a row. */
    public Row newRow() {
        return new Row();
    }

    /** Allocates a result for matrices of up to so many columns. */
    public static IntBuffer newResult(int columns) {
        return ByteBuffer.allocateDirect(columns * Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
    }

    /**
     * Computes the product of a row with each column of a matrix.
     *
     * @param result gets a number for each column, from its start; of {@link #newResult}
     * @throws EngineException if ONNX Runtime fails
     */
    public void multiply(Row row, Matrix matrix, IntBuffer result) {
        IntBuffer target = result.slice(0, matrix.columns);
        try (OnnxTensor product = OnnxTensor.createTensor(environment, target, new long[] {1, matrix.columns});
                OrtSession.Result ignored = session.run(
                        Map.of(ProductModel.ROW, row.tensor, ProductModel.MATRIX, matrix.tensor),
                        Map.of(ProductModel.PRODUCT, product))) {
            return;
        } catch (OrtException e) {
            throw new EngineException("the matrix product failed", e);
        }
    }

    private OnnxTensor tensor(ByteBuffer values, OnnxJavaType type, long rows, long columns) {
        try {
            return OnnxTensor.createTensor(environment, values, new long[] {rows, columns}, type);
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
