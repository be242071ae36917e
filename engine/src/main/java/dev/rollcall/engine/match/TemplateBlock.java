package dev.rollcall.engine.match;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.onnx.ByteProduct;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Some templates of a {@link TemplateIndex}, off the heap: for each its bytes as a column of a matrix, the scale of these, its
 * owner, and its stored form. Not safe for use by several threads while one of them changes it.
 */
final class TemplateBlock {

    /** The owner of a place without a template. */
    static final int NOBODY = -1;

    /** Bytes of a template: its quantised form and the sum of that, its stored form, its scale and its owner. */
    static final int BYTES_EACH =
            Embedding.DIMENSIONS + Integer.BYTES + Embedding.STORED_BYTES + Float.BYTES + Integer.BYTES;

    private final ByteProduct.Matrix matrix;
    private final FloatBuffer factors;
    private final IntBuffer owners;
    private final ByteBuffer stored;
    private int used;

    TemplateBlock(ByteProduct product, int capacity) {
        matrix = product.newMatrix(capacity);
        factors = direct(capacity * Float.BYTES).asFloatBuffer();
        owners = direct(capacity * Integer.BYTES).asIntBuffer();
        stored = direct(capacity * Embedding.STORED_BYTES);
        for (int place = 0; place < capacity; place++) {
            owners.put(place, NOBODY);
        }
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    int capacity() {
        return matrix.columns();
    }

    /** How many places from the first on have had a template. */
    int used() {
        return used;
    }

    ByteProduct.Matrix matrix() {
        return matrix;
    }

    /** Sets a place to a template in its stored form and its quantised form. */
    void put(int place, int owner, byte[] template, Quantized quantized) {
        matrix.setColumn(place, quantized.bytes());
        factors.put(place, 1 / quantized.scale());
        stored.put(place * Embedding.STORED_BYTES, template);
        owners.put(place, owner);
        used = Math.max(used, place + 1);
    }

    /** A block of more places with the same templates at the same places. */
    TemplateBlock enlarged(ByteProduct product, int capacity) {
        TemplateBlock larger = new TemplateBlock(product, capacity);
        larger.matrix.setFirst(matrix);
        larger.factors.put(0, factors, 0, used);
        larger.owners.put(0, owners, 0, used);
        larger.stored.put(0, stored, 0, used * Embedding.STORED_BYTES);
        larger.used = used;
        return larger;
    }

    void clear(int place) {
        matrix.setColumn(place, new byte[Embedding.DIMENSIONS]);
        stored.put(place * Embedding.STORED_BYTES, new byte[Embedding.STORED_BYTES]);
        owners.put(place, NOBODY);
    }

    int owner(int place) {
        return owners.get(place);
    }

    /** Copies the factors by which the products of the used places are multiplied. */
    void copyFactors(float[] target) {
        factors.get(0, target, 0, used);
    }

    Embedding embedding(int place) {
        return Embedding.fromBytes(stored(place));
    }

    private byte[] stored(int place) {
        byte[] bytes = new byte[Embedding.STORED_BYTES];
        stored.get(place * Embedding.STORED_BYTES, bytes);
        return bytes;
    }
}
