package dev.rollcall.http.wire;

import dev.rollcall.http.problem.RefusedException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;

/**
 * Where the picture of a request is written to while the request is read: one array, of the size that the request's length
 * allows at most. Copies it at most once, at the end, and only when no other large picture is being copied. Refuses a picture over the limit at its first byte too many. Not
 * safe for use by several threads.
 */
final class PictureSink extends OutputStream {

    /** Up to this size nobody minds a second copy for a moment. */
    private static final int SMALL = 256 * 1024;

    private final int limit;
    private final Lock copying;
    private byte[] bytes;
    private int length;
    private boolean begun;

    /**
     * Makes an empty one.
     *
     * @param limit largest picture in bytes
     * @param expected most bytes that the request can bring, or a negative number when it doesn't tell
     * @param copying held while a large picture is copied
     */
    PictureSink(int limit, long expected, Lock copying) {
        this.limit = limit;
        this.copying = copying;
        this.bytes = new byte[expected < 0 ? Math.min(limit, SMALL) : (int) Math.min(limit, expected)];
    }

    /** Begins a picture, in place of any other. */
    void begin() {
        begun = true;
        length = 0;
    }

    /** Forgets the picture. */
    void forget() {
        begun = false;
        length = 0;
    }

    /** Whether a picture has begun. */
    boolean hasBegun() {
        return begun;
    }

    int length() {
        return length;
    }

    @Override
    public void write(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    @Override
    public void write(byte[] from, int start, int count) {
        room(count);
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    private void room(int more) {
        if (more <= bytes.length - length) {
            return;
        }
        if (more > limit - length) {
            throw RefusedException.tooLarge(limit);
        }
        bytes = copied((int) Math.min(limit, Math.max(2L * bytes.length, (long) length + more)));
    }

    private byte[] copied(int newLength) {
        if (newLength <= SMALL) {
            return Arrays.copyOf(bytes, newLength);
        }
        copying.lock();
        try {
            return Arrays.copyOf(bytes, newLength);
        } finally {
            copying.unlock();
        }
    }

    /** The picture; nothing may be written any more. */
    byte[] picture() {
        if (length != bytes.length) {
            bytes = copied(length);
        }
        return bytes;
    }
}
