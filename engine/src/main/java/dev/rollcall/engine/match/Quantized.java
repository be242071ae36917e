package dev.rollcall.engine.match;

import dev.rollcall.engine.Embedding;

/** An embedding rounded to signed bytes: {@code round(component · scale)}, −127…127. */
final class Quantized {

    private static final int LARGEST = 127;

    private final byte[] bytes;
    private final float scale;
    private final double error;

    private Quantized(byte[] bytes, float scale, double error) {
        this.bytes = bytes;
        this.scale = scale;
        this.error = error;
    }

    static Quantized of(Embedding embedding) {
        float[] components = embedding.components();
        float most = 0;
        for (float component : components) {
            most = Math.max(most, Math.abs(component));
        }
        float scale = LARGEST / most;
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

    /** 127 divided by the size of the largest component. */
    float scale() {
        return scale;
    }

    /** The length of the difference of {@code bytes / scale} and the embedding. */
    double error() {
        return error;
    }
}
