package dev.rollcall.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A face as a direction in 512-dimensional space: two pictures of one person point the same way. Immutable, always of
 * length 1; only embeddings of the same model may be compared.
 *
 * <p>The stored form ({@link #toBytes()}) is 1,024 bytes: 512 signed 16-bit integers, little-endian, each
 * {@code round(component · 32767)}. Rounding moves a component by at most 1.6e-5, so the cosine of two stored
 * embeddings differs from the cosine of the originals by less than 1e-3, typically by 1e-5.
 */
public final class Embedding {

    /** Number of components. */
    public static final int DIMENSIONS = 512;

    /** Length of the stored form in bytes. */
    public static final int STORED_BYTES = DIMENSIONS * Short.BYTES;

    private static final float SCALE = Short.MAX_VALUE;

    private final float[] unit;

    private Embedding(float[] unit) {
        this.unit = unit;
    }

    /**
     * Scales a vector to length 1.
     *
     * @param vector 512 finite components, not all zero; copied
     * @throws IllegalArgumentException if the vector has another size or no direction
     */
    public static Embedding normalized(float[] vector) {
        if (vector.length != DIMENSIONS) {
            throw new IllegalArgumentException("an embedding has " + DIMENSIONS + " components, not " + vector.length);
        }
        double norm = norm(vector);
        if (!(norm > 0) || Double.isInfinite(norm)) {
            throw new IllegalArgumentException("a vector of length " + norm + " has no direction");
        }
        float[] unit = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            unit[i] = (float) (vector[i] / norm);
        }
        return new Embedding(unit);
    }

    /**
     * Reads the stored form.
     *
     * @throws IllegalArgumentException if the bytes are not a stored embedding
     */
    public static Embedding fromBytes(byte[] stored) {
        if (stored.length != STORED_BYTES) {
            throw new IllegalArgumentException(
                    "a stored embedding has " + STORED_BYTES + " bytes, not " + stored.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = bytes.getShort() / SCALE;
        }
        return normalized(vector);
    }

    /** The stored form: 1,024 bytes, see the class description. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(STORED_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float component : unit) {
            bytes.putShort((short) Math.round(component * SCALE));
        }
        return bytes.array();
    }

    /** Cosine of the angle to another embedding of the same model, −1…1. */
    public double similarity(Embedding other) {
        double sum = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            sum += unit[i] * other.unit[i];
        }
        return Math.max(-1, Math.min(1, sum));
    }

    /** A copy of the 512 components. */
    public float[] components() {
        return unit.clone();
    }

    /** Euclidean length of a vector. */
    public static double norm(float[] vector) {
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        return Math.sqrt(squares);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding that && Arrays.equals(unit, that.unit);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(unit);
    }

    @Override
    public String toString() {
        return "Embedding[" + DIMENSIONS + "]";
    }
}
