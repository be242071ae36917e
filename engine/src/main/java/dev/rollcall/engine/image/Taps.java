package dev.rollcall.engine.image;

/**
 * Which source pixels of one axis make up each target pixel, and with what weight. The weights of a target pixel add up
 * to 1; {@link Resampler} explains them.
 */
final class Taps {

    private final int[] starts;
    private final int[] indices;
    private final float[] weights;
    private int used;

    private Taps(int targets, int capacity) {
        starts = new int[targets + 1];
        indices = new int[capacity];
        weights = new float[capacity];
    }

    /**
     * The taps of an axis.
     *
     * @param start where the source interval begins, in source pixels
     * @param length length of the source interval, positive
     * @param targets number of target pixels
     * @param size number of source pixels there are
     */
    static Taps of(float start, float length, int targets, int size) {
        double scale = (double) length / targets;
        int most = scale > 1 ? (int) Math.ceil(scale) + 1 : 2;
        Taps taps = new Taps(targets, targets * most);
        for (int target = 0; target < targets; target++) {
            taps.starts[target] = taps.used;
            if (scale > 1) {
                taps.addMean(start + target * scale, scale, size);
            } else {
                taps.addNeighbours(start + (target + 0.5) * scale - 0.5, size);
            }
        }
        taps.starts[targets] = taps.used;
        return taps;
    }

    private void addMean(double from, double scale, int size) {
        double to = from + scale;
        int last = (int) Math.ceil(to) - 1;
        for (int i = (int) Math.floor(from); i <= last; i++) {
            double covered = Math.min(to, i + 1.0) - Math.max(from, i);
            if (covered > 0) {
                add(i, size, (float) (covered / scale));
            }
        }
    }

    private void addNeighbours(double center, int size) {
        int below = (int) Math.floor(center);
        float part = (float) (center - below);
        add(below, size, 1 - part);
        add(below + 1, size, part);
    }

    private void add(int index, int size, float weight) {
        indices[used] = Math.max(0, Math.min(size - 1, index));
        weights[used] = weight;
        used++;
    }

    int start(int target) {
        return starts[target];
    }

    int end(int target) {
        return starts[target + 1];
    }

    int index(int tap) {
        return indices[tap];
    }

    float weight(int tap) {
        return weights[tap];
    }

    int lowest() {
        return indices[0];
    }

    int highest() {
        return indices[used - 1];
    }
}
