package dev.rollcall.engine.image;

/**
 * The source pixels of each target pixel along one axis, and their weights. The weights of a target pixel are integers
 * that add up to {@link #ONE}.
 */
final class Taps {

    /*
     * With s source pixels per target pixel: shrinking (s > 1), target pixel j is the mean over
     * [start + j·s, start + (j + 1)·s), and a source pixel's weight is the part of it within that interval, divided by s. Enlarging
     * (s ≤ 1), the weights of the two source pixels around the target pixel's centre are bilinear.
     *
     * A weight is the difference of two rounded running sums, so that the weights always add up to ONE.
     */

    /** The sum of a target pixel's weights. */
    static final int ONE = 1 << 11;

    private final int[] starts;
    private final int[] indices;
    private final int[] weights;
    private int used;

    private Taps(int targets, int capacity) {
        starts = new int[targets + 1];
        indices = new int[capacity];
        weights = new int[capacity];
    }

    /**
     * The taps of an axis.
     *
     * @param start where the source interval begins, in source pixels
     * @param length length of the source interval, positive
     * @param targets number of target pixels
     * @param size number of source pixels there are
     * @param largestBilinear largest ratio of source to target pixels that is sampled bilinearly, at least 1
     */
    static Taps of(float start, float length, int targets, int size, float largestBilinear) {
        double scale = (double) length / targets;
        boolean bilinear = scale <= largestBilinear;
        int most = bilinear ? 2 : (int) Math.ceil(scale) + 1;
        Taps taps = new Taps(targets, targets * most);
        for (int target = 0; target < targets; target++) {
            taps.starts[target] = taps.used;
            if (bilinear) {
                taps.addNeighbours(start + (target + 0.5) * scale - 0.5, size);
            } else {
                taps.addMean(start + target * scale, scale, size);
            }
        }
        taps.starts[targets] = taps.used;
        return taps;
    }

    private void addMean(double from, double scale, int size) {
        double to = from + scale;
        int last = (int) Math.ceil(to) - 1;
        int given = 0;
        for (int i = (int) Math.floor(from); i <= last; i++) {
            int sum = i == last ? ONE : (int) Math.round((i + 1 - from) / scale * ONE);
            if (sum > given) {
                add(i, size, sum - given);
                given = sum;
            }
        }
    }

    private void addNeighbours(double center, int size) {
        int below = (int) Math.floor(center);
        int part = (int) Math.round((center - below) * ONE);
        add(below, size, ONE - part);
        add(below + 1, size, part);
    }

    private void add(int index, int size, int weight) {
        indices[used] = Math.max(0, Math.min(size - 1, index));
        weights[used] = weight;
        used++;
    }

    /**
     * The number of source pixels per target pixel if it is an integer and all weights are equal, as in halving; 0
     * otherwise.
     */
    int block() {
        int block = starts[1];
        int targets = starts.length - 1;
        if (used != block * targets || indices[used - 1] - indices[0] != used - 1) {
            return 0;
        }
        for (int target = 0; target < targets; target++) {
            if (starts[target] != target * block || Math.abs(weights[target * block] * block - ONE) > block) {
                return 0;
            }
        }
        return block;
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

    int weight(int tap) {
        return weights[tap];
    }

    int lowest() {
        return indices[0];
    }

    int highest() {
        return indices[used - 1];
    }

    int[] starts() {
        return starts;
    }

    int[] indices() {
        return indices;
    }

    int[] weights() {
        return weights;
    }
}
