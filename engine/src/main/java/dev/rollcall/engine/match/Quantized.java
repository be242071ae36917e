package dev.rollcall.engine.match;

import dev.rollcall.engine.Embedding;

/** An embedding rounded to signed bytes: {@code round(component · scale)}. */
final class Quantized {

    private final byte[] bytes;
    private final float scale;
    private final double error;

    private Quantized(byte[] bytes, float scale, double error) {
        this.bytes = bytes;
        this.scale = scale;
        this.error = error;
    }

    /**
     * Rounds an embedding.
     *
     * @param largest the size of the byte that its largest component becomes, at most 127
     */
    static Quantized of(Embedding embedding, int largest) {
        float[] components = embedding.components();
        float most = 0;
        for (float component : components) {
            most = Math.max(most, Math.abs(component));
        }
        float scale = largest / most;
        byte[] bytes = new byte[components.length];
        double squares = 0;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(components[i] * scale);
            double difference = components[i] - bytes[i] / (double) scale;
            squares += difference * difference;
        }
        return new Quantized(bytes, scale, Math.sqrt(squares));
    }

    /** The bytes; not copied. */
    byte[] bytes() {
        return bytes;
    }

    /** The size of the largest byte divided by that of the largest component. */
    float scale() {
        return scale;
    }

    /** The length of the difference of {@code bytes / scale} and the embedding. */
    double error() {
        return error;
    }
}
