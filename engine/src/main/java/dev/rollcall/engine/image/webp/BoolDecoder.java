package dev.rollcall.engine.image.webp;

/** Decodes arithmetic-coded bits with given probabilities (RFC 6386, section 7). */
final class BoolDecoder {

    private static final int EVEN = 128;

    private final byte[] data;
    private final int end;
    private int at;
    private int value;
    private int range = 255;
    /** How many bits {@link #value} has in addition to the eight that are compared. */
    private int spare = -8;

    private boolean overrun;

    /**
     * Begins decoding.
     *
     * @param from where in the data the coded bits begin
     * @param to where they end
     */
    BoolDecoder(byte[] data, int from, int to) {
        this.data = data;
        this.at = from;
        this.end = to;
    }

    /** A bit that is 0 with the probability {@code zero}/256. */
    int bit(int zero) {
        if (spare < 0) {
            load();
        }
        int split = 1 + (((range - 1) * zero) >> 8);
        int aligned = split << spare;
        int bit;
        if (value >= aligned) {
            value -= aligned;
            range -= split;
            bit = 1;
        } else {
            range = split;
            bit = 0;
        }
        int shift = Integer.numberOfLeadingZeros(range) - 24;
        range <<= shift;
        spare -= shift;
        return bit;
    }

    private void load() {
        while (spare < 0 || (spare <= 8 && at < end)) {
            int next = 0;
            if (at < end) {
                next = data[at++] & 0xFF;
            } else {
                overrun = true;
            }
            value = (value << 8) | next;
            spare += 8;
        }
    }

    boolean flag() {
        return bit(EVEN) == 1;
    }

    /** An unsigned number of {@code bits} bits, the highest first. */
    int number(int bits) {
        int number = 0;
        for (int i = 0; i < bits; i++) {
            number = (number << 1) | bit(EVEN);
        }
        return number;
    }

    /** A number of {@code bits} bits followed by a sign. */
    int signed(int bits) {
        int number = number(bits);
        return flag() ? -number : number;
    }

    /** A flag, and the number that follows it when it is set; otherwise 0. */
    int optionalSigned(int bits) {
        return flag() ? signed(bits) : 0;
    }

    /** Whether bits beyond the end were read. */
    boolean overrun() {
        return overrun;
    }
}
