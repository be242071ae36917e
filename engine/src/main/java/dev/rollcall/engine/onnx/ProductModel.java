package dev.rollcall.engine.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The ONNX file of {@link ByteProduct}: one MatMulInteger node, written as protocol buffer messages.
 *
 * <p>Source: onnx.proto3 of ONNX 1.14, whose field numbers are given at each field, and the operator MatMulInteger, version
 * 10.
 */
final class ProductModel {

    static final String ROW = "row";
    static final String MATRIX = "matrix";
    static final String PRODUCT = "product";

    private static final String ROWS = "rows";
    private static final String GROUPS = "groups";
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 13;
    private static final int UINT8 = 2;
    private static final int INT8 = 3;
    private static final int INT32 = 6;
    private static final int LENGTH_DELIMITED = 2;
    private static final int VARINT_BITS = 7;
    private static final int VARINT_MORE = 0x80;

    private ProductModel() {}

    /**
     * The file. Its inputs are uint8 [1, rows, length] and int8 [groups, length, columns], its output is int32 [groups, rows,
     * columns].
     *
     * @param length the number of rows of the matrix
     * @param columns the number of columns of each group of the matrix
     */
    static byte[] bytes(int length, int columns) {
        Message node = new Message()
                .text(1, ROW) // input
                .text(1, MATRIX)
                .text(2, PRODUCT) // output
                .text(4, "MatMulInteger"); // op_type
        Message graph = new Message()
                .message(1, node)
                .text(2, "byte_product") // name
                .message(11, value(ROW, UINT8, fixed(1), named(ROWS), fixed(length))) // input
                .message(11, value(MATRIX, INT8, named(GROUPS), fixed(length), fixed(columns)))
                .message(12, value(PRODUCT, INT32, named(GROUPS), named(ROWS), fixed(columns))); // output
        return new Message()
                .number(1, IR_VERSION)
                .message(7, graph)
                .message(8, new Message().number(2, OPERATOR_SET)) // opset_import
                .toBytes();
    }

    private static Message value(String name, int type, Message groups, Message rows, Message columns) {
        Message shape = new Message().message(1, groups).message(1, rows).message(1, columns);
        Message tensor = new Message().number(1, type).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    private static Message fixed(int size) {
        return new Message().number(1, size);
    }

    private static Message named(String dimension) {
        return new Message().text(2, dimension);
    }

    /** A protocol buffer message under construction. */
    private static final class Message {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, int value) {
            varint(field << 3);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.toBytes());
        }

        Message bytes(int field, byte[] value) {
            varint(field << 3 | LENGTH_DELIMITED);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        byte[] toBytes() {
            return out.toByteArray();
        }

        private void varint(int value) {
            int rest = value;
            while (rest >= VARINT_MORE) {
                out.write(rest % VARINT_MORE | VARINT_MORE);
                rest >>>= VARINT_BITS;
            }
            out.write(rest);
        }
    }
}
