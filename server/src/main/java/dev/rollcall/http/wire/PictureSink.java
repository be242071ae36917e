package dev.rollcall.http.wire;

import dev.rollcall.http.problem.RefusedException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;

/**
 * The buffer of a request's picture: one array, of the largest size that the request's length allows. It is copied at most
 * once, at the end, and large pictures one at a time. A picture over the limit is refused at the first byte over it. Not
 * safe for use by several threads.
 */
final class PictureSink extends OutputStream {

    /** Largest picture in bytes that is copied without the lock. */
    private static final int SMALL = 256 * 1024;

    private final int limit;
    private final Lock copying;
    private byte[] bytes;
    private int length;
    private boolean begun;

    /**
     * Creates an empty sink.
     *
     * @param limit largest picture in bytes
     * @param expected most bytes that the request can have, or a negative number when unknown
     * @param copying held while a large picture is copied
     */
    PictureSink(int limit, long expected, Lock copying) {
        this.limit = limit;
        this.copying = copying;
        this.bytes = new byte[expected < 0 ? Math.min(limit, SMALL) : (int) Math.min(limit, expected)];
    }

    /** Begins a picture, and discards one that was begun before. */
    void begin() {
        begun = true;
        length = 0;
    }

    /** Discards the picture. */
    void clear() {
        begun = false;
        length = 0;
    }

    boolean hasBegun() {
        return begun;
    }

    int length() {
        return length;
    }

    @Override
    public void write(int value) {
        ensureCapacity(1);
        bytes[length++] = (byte) value;
    }

    @Override
    public void write(byte[] from, int start, int count) {
        ensureCapacity(count);
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    private void ensureCapacity(int more) {
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

    /** The picture; nothing may be written afterwards. */
    byte[] picture() {
        if (length != bytes.length) {
            bytes = copied(length);
        }
        return bytes;
    }
}
