package dev.rollcall.engine.image.webp;

import java.io.EOFException;
import java.io.IOException;

/** Reads bits, the lowest of each byte first. Not safe for use by several threads at once. */
final class BitReader {

    private final byte[] data;
    private final int end;
    private int at;
    private long window;
    private int have;

    BitReader(byte[] data, int from, int to) {
        this.data = data;
        this.at = from;
        this.end = to;
    }

    /** The next 32 bits or more without consuming them; zeros beyond the end. */
    int peek() {
        while (have <= Integer.SIZE && at < end) {
            window |= (data[at++] & 0xFFL) << have;
            have += Byte.SIZE;
        }
        return (int) window;
    }

    /**
     * Consumes bits.
     *
     * @param bits up to 31
     * @throws EOFException if there are fewer
     */
    void pass(int bits) throws EOFException {
        have -= bits;
        if (have < 0) {
            throw new EOFException("data ends too early");
        }
        window >>>= bits;
    }

    /** A number of up to 24 bits, the lowest first. */
    int read(int bits) throws IOException {
        int number = peek() & ((1 << bits) - 1);
        pass(bits);
        return number;
    }

    boolean flag() throws IOException {
        return read(1) == 1;
    }
}
