package dev.rollcall.engine.image.webp;

/**
 * Smooths the edges of macroblocks and of the 4×4 blocks within them (RFC 6386, section 15). Not safe for use by
 * several threads at once.
 */
final class LoopFilter {

    private static final int LUMA_SIDE = 16;
    private static final int CHROMA_SIDE = 8;
    private static final int BLOCK = 4;

    private final boolean simple;
    private final int sharpness;
    private int edgeLimit;
    private int interiorLimit;
    private int variance;

    LoopFilter(boolean simple, int sharpness) {
        this.simple = simple;
        this.sharpness = sharpness;
    }

    /**
     * Filters a macroblock after all those above and to the left.
     *
     * @param planes luma and two chroma channels
     * @param level 0…63
     * @param within whether the edges of its blocks are filtered too
     */
    void filter(LossyPlanes planes, int column, boolean first, int level, boolean within) {
        if (level == 0) {
            return;
        }
        setLimits(level);
        filterPlane(planes.luma(), planes.stride(), column, LUMA_SIDE, first, within);
        if (!simple) {
            filterPlane(planes.blue(), planes.chromaStride(), column, CHROMA_SIDE, first, within);
            filterPlane(planes.red(), planes.chromaStride(), column, CHROMA_SIDE, first, within);
        }
    }

    private void setLimits(int level) {
        int interior = level;
        if (sharpness > 0) {
            interior = Math.min(interior >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
        }
        interiorLimit = Math.max(1, interior);
        edgeLimit = 2 * level + interiorLimit;
        variance = level >= 40 ? 2 : level >= 15 ? 1 : 0;
    }

    private void filterPlane(byte[] plane, int stride, int column, int side, boolean first, boolean within) {
        int at = side * stride + column * side;
        if (column > 0) {
            edge(plane, at, 1, stride, side, true);
        }
        for (int x = BLOCK; within && x < side; x += BLOCK) {
            edge(plane, at + x, 1, stride, side, false);
        }
        if (!first) {
            edge(plane, at, stride, 1, side, true);
        }
        for (int y = BLOCK; within && y < side; y += BLOCK) {
            edge(plane, at + y * stride, stride, 1, side, false);
        }
    }

    /**
     * Filters along an edge.
     *
     * @param at the first sample after the edge
     * @param across from sample to sample across the edge
     * @param along from sample to sample along the edge
     */
    private void edge(byte[] plane, int at, int across, int along, int count, boolean macro) {
        int limit = 2 * (edgeLimit + (macro ? 4 : 0)) + 1;
        for (int i = 0, q0 = at; i < count; i++, q0 += along) {
            int before = plane[q0 - across] & 0xFF;
            int after = plane[q0] & 0xFF;
            int before1 = plane[q0 - 2 * across] & 0xFF;
            int after1 = plane[q0 + across] & 0xFF;
            if (4 * Math.abs(before - after) + Math.abs(before1 - after1) > limit) {
                continue;
            }
            if (simple) {
                adjust(plane, q0, across, 3 * (after - before) + clamp(before1 - after1, 128));
            } else if (isSmooth(plane, q0, across)) {
                normal(plane, q0, across, macro);
            }
        }
    }

    private boolean isSmooth(byte[] plane, int q0, int across) {
        int last = plane[q0 - 4 * across] & 0xFF;
        for (int place = -3; place < 4; place++) {
            int next = plane[q0 + place * across] & 0xFF;
            if (place != 0 && Math.abs(next - last) > interiorLimit) {
                return false;
            }
            last = next;
        }
        return true;
    }

    private void normal(byte[] plane, int q0, int across, boolean macro) {
        int before = plane[q0 - across] & 0xFF;
        int after = plane[q0] & 0xFF;
        int before1 = plane[q0 - 2 * across] & 0xFF;
        int after1 = plane[q0 + across] & 0xFF;
        int difference = 3 * (after - before);
        int outer = clamp(before1 - after1, 128);
        if (Math.abs(before1 - before) > variance || Math.abs(after1 - after) > variance) {
            adjust(plane, q0, across, difference + outer);
        } else if (macro) {
            int amount = clamp(difference + outer, 128);
            shift(plane, q0, across, (27 * amount + 63) >> 7);
            shift(plane, q0 + across, 3 * across, (18 * amount + 63) >> 7);
            shift(plane, q0 + 2 * across, 5 * across, (9 * amount + 63) >> 7);
        } else {
            int amount = adjust(plane, q0, across, difference);
            shift(plane, q0 + across, 3 * across, (amount + 1) >> 1);
        }
    }

    /** Moves the two samples at an edge towards each other, and returns the change of the second one. */
    private static int adjust(byte[] plane, int q0, int across, int difference) {
        int down = clamp((difference + 4) >> 3, 16);
        int up = clamp((difference + 3) >> 3, 16);
        plane[q0 - across] = sample((plane[q0 - across] & 0xFF) + up);
        plane[q0] = sample((plane[q0] & 0xFF) - down);
        return down;
    }

    /** Moves a sample down, and that some samples before it up. */
    private static void shift(byte[] plane, int at, int back, int amount) {
        plane[at] = sample((plane[at] & 0xFF) - amount);
        plane[at - back] = sample((plane[at - back] & 0xFF) + amount);
    }

    private static int clamp(int value, int bound) {
        return Math.max(-bound, Math.min(bound - 1, value));
    }

    private static byte sample(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
