package dev.rollcall.engine.onnx.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one protocol buffer message, one after another, from a range of bytes. The bytes are not copied.
 *
 * <p>Source: "Encoding" in the documentation of Protocol Buffers: a field is a key (number · 8 + wire type) and a value; wire type
 * 0 is a variable-length integer, 1 has 8 bytes, 2 a length and so many bytes, 5 has 4 bytes.
 */
final class ProtobufReader {

    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FOUR_BYTES = 5;

    private static final int WIRE_TYPE_BITS = 3;
    private static final int WIRE_TYPE_MASK = 7;
    private static final int VARINT_BITS = 7;
    private static final int VARINT_MASK = 0x7F;
    private static final int LONGEST_SHIFT = 63;

    private final ByteBuffer rest;
    private int field;
    private int wireType;

    private ProtobufReader(ByteBuffer bytes) {
        rest = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads a whole message. */
    static ProtobufReader of(byte[] bytes) {
        return new ProtobufReader(ByteBuffer.wrap(bytes));
    }

    /** Reads numbers that are packed into one field's value, by {@link #hasNumber()} and {@link #number()}. */
    static ProtobufReader ofNumbers(ByteBuffer packed) {
        return new ProtobufReader(packed);
    }

    /** Whether a packed number follows. */
    boolean hasNumber() {
        return rest.hasRemaining();
    }

    /** The next packed number. */
    long number() {
        return varint();
    }

    /** Moves to the next field; its value must be read or skipped before the next call. False at the end of the message. */
    boolean next() {
        if (!rest.hasRemaining()) {
            return false;
        }
        long key = varint();
        field = (int) (key >>> WIRE_TYPE_BITS);
        wireType = (int) key & WIRE_TYPE_MASK;
        return true;
    }

    /** The number of the field. */
    int field() {
        return field;
    }

    /** Whether the value has a length: a text, bytes, a message, or several numbers. */
    boolean isLengthDelimited() {
        return wireType == LENGTH_DELIMITED;
    }

    /** The integer value. */
    long integer() {
        expect(VARINT);
        return varint();
    }

    /** The value of four bytes as a single-precision number. */
    float single() {
        expect(FOUR_BYTES);
        require(Float.BYTES);
        return rest.getFloat();
    }

    /** The value as a text in UTF-8. */
    String text() {
        return StandardCharsets.UTF_8.decode(bytes()).toString();
    }

    /** The value as a message. */
    ProtobufReader message() {
        return new ProtobufReader(bytes());
    }

    /** The value's bytes, little-endian. */
    ByteBuffer bytes() {
        expect(LENGTH_DELIMITED);
        long length = varint();
        if (length < 0 || length > rest.remaining()) {
            throw damaged();
        }
        ByteBuffer value = rest.slice(rest.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        rest.position(rest.position() + (int) length);
        return value;
    }

    /** Passes over the value. */
    void skip() {
        switch (wireType) {
            case VARINT -> varint();
            case EIGHT_BYTES -> pass(Long.BYTES);
            case LENGTH_DELIMITED -> bytes();
            case FOUR_BYTES -> pass(Integer.BYTES);
            default -> throw damaged();
        }
    }

    private void pass(int bytes) {
        require(bytes);
        rest.position(rest.position() + bytes);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift <= LONGEST_SHIFT; shift += VARINT_BITS) {
            require(1);
            byte next = rest.get();
            value |= (long) (next & VARINT_MASK) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    private void expect(int type) {
        if (wireType != type) {
            throw damaged();
        }
    }

    private void require(int bytes) {
        if (rest.remaining() < bytes) {
            throw damaged();
        }
    }

    private static UnsupportedModelException damaged() {
        return new UnsupportedModelException("the file is damaged or is no ONNX model");
    }
}
