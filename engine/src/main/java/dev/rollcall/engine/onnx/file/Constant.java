package dev.rollcall.engine.onnx.file;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A tensor whose numbers are part of the file: single-precision or 64-bit whole numbers. Immutable. */
public final class Constant {

    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final List<Integer> dimensions;
    private final float[] numbers;
    private final long[] integers;
    private final boolean whole;

    private Constant(List<Integer> dimensions, float[] numbers, long[] integers, boolean whole) {
        this.dimensions = List.copyOf(dimensions);
        this.numbers = numbers;
        this.integers = integers;
        this.whole = whole;
    }

    /** A constant of whole numbers. */
    public static Constant ofIntegers(List<Integer> dimensions, long... integers) {
        return new Constant(dimensions, new float[0], integers.clone(), true);
    }

    /** A message TensorProto with its name. */
    record Named(String name, Constant constant) {}

    static Named read(ProtobufReader message) {
        LongList dimensions = new LongList();
        LongList integers = new LongList();
        FloatList numbers = new FloatList();
        ByteBuffer raw = ByteBuffer.allocate(0);
        String name = "";
        long type = 0;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> dimensions.read(message);
                case 2 -> type = message.integer();
                case 4 -> numbers.read(message);
                case 7 -> integers.read(message);
                case 8 -> name = message.text();
                case 9 -> raw = message.bytes();
                case 13 -> throw new UnsupportedModelException("the numbers of " + name + " are in another file");
                default -> message.skip();
            }
        }
        return new Named(name, of(name, type, dimensions.toSizes(name), raw, numbers, integers));
    }

    private static Constant of(
            String name, long type, List<Integer> dimensions, ByteBuffer raw, FloatList numbers, LongList integers) {
        int size = dimensions.stream().reduce(1, Math::multiplyExact);
        if (type == FLOAT) {
            float[] values = raw.hasRemaining() ? new float[raw.remaining() / Float.BYTES] : numbers.toArray();
            if (raw.hasRemaining()) {
                raw.asFloatBuffer().get(values);
            }
            return new Constant(dimensions, complete(name, size, values.length, values), new long[0], false);
        }
        if (type == INT64) {
            long[] values = raw.hasRemaining() ? new long[raw.remaining() / Long.BYTES] : integers.toArray();
            if (raw.hasRemaining()) {
                raw.asLongBuffer().get(values);
            }
            return new Constant(dimensions, new float[0], complete(name, size, values.length, values), true);
        }
        throw new UnsupportedModelException("the numbers of " + name + " are of the type " + type
                + ", which isn't supported: only 1 (float) and 7 (int64) are");
    }

    private static <T> T complete(String name, int expected, int found, T values) {
        if (expected != found) {
            throw new UnsupportedModelException(
                    "the constant " + name + " has " + found + " numbers instead of " + expected);
        }
        return values;
    }

    /** The size along each dimension; empty for a single number. */
    public List<Integer> dimensions() {
        return dimensions;
    }

    /** How many numbers. */
    public int size() {
        return whole ? integers.length : numbers.length;
    }

    /** Whether these are 64-bit whole numbers. */
    public boolean isWhole() {
        return whole;
    }

    /** The single-precision numbers, row by row; none if they are whole numbers. Shared: not to be changed. */
    public float[] numbers() {
        return numbers;
    }

    /** A copy of the whole numbers, row by row; none if they are in single precision. */
    public long[] integers() {
        return integers.clone();
    }

    /** Numbers of a repeated field, which are written one by one or packed. */
    static final class LongList {

        private long[] values = new long[4];
        private int count;

        void read(ProtobufReader message) {
            if (message.isLengthDelimited()) {
                ByteBuffer packed = message.bytes();
                ProtobufReader numbers = ProtobufReader.ofNumbers(packed);
                while (numbers.hasNumber()) {
                    add(numbers.number());
                }
            } else {
                add(message.integer());
            }
        }

        private void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        long[] toArray() {
            return Arrays.copyOf(values, count);
        }

        List<Integer> toSizes(String name) {
            return Arrays.stream(toArray()).mapToObj(size -> size(name, size)).toList();
        }

        private static Integer size(String name, long size) {
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw new UnsupportedModelException("the constant " + name + " has a dimension of " + size);
            }
            return (int) size;
        }
    }

    /** Single-precision numbers of a repeated field. */
    static final class FloatList {

        private float[] values = new float[4];
        private int count;

        void read(ProtobufReader message) {
            if (message.isLengthDelimited()) {
                ByteBuffer packed = message.bytes();
                while (packed.remaining() >= Float.BYTES) {
                    add(packed.getFloat());
                }
            } else {
                add(message.single());
            }
        }

        private void add(float value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        float[] toArray() {
            return Arrays.copyOf(values, count);
        }
    }
}
