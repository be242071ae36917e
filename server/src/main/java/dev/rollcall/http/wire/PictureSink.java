package dev.rollcall.http.wire;

import dev.rollcall.http.problem.RefusedException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * The buffer of a request's pictures: one array, of the largest size that the request's length allows. It is copied at most
 * once, at the end, and large ones one at a time. Pictures that are together over the limit are refused at the first byte
 * over it. Not safe for use by several threads.
 */
final class PictureSink extends OutputStream {

    /** Largest picture in bytes that is copied without the lock. */
    private static final int SMALL = 256 * 1024;

    private final int limit;
    private final Lock copying;
    private final int[] starts = new int[FaceRequest.MAX_IMAGES];
    private byte[] bytes;
    private int length;
    private int count;

    /**
     * Creates an empty sink.
     *
     * @param limit most bytes of all pictures together
     * @param expected most bytes that the request can have, or a negative number when unknown
     * @param copying held while a large picture is copied
     */
    PictureSink(int limit, long expected, Lock copying) {
        this.limit = limit;
        this.copying = copying;
        this.bytes = new byte[expected < 0 ? Math.min(limit, SMALL) : (int) Math.min(limit, expected)];
    }

    /** Begins the only picture, and discards those that were begun before. */
    void begin() {
        count = 1;
        length = 0;
    }

    /** Begins a further picture. */
    void beginNext() {
        if (count == FaceRequest.MAX_IMAGES) {
            throw RefusedException.invalid("images", "images must have 1 to " + FaceRequest.MAX_IMAGES + " pictures");
        }
        starts[count++] = length;
    }

    /** Discards all pictures. */
    void clear() {
        count = 0;
        length = 0;
    }

    boolean hasBegun() {
        return count > 0;
    }

    /** The number of bytes of all pictures. */
    int length() {
        return length;
    }

    @Override
    public void write(int value) {
        ensureCapacity(1);
        bytes[length++] = (byte) value;
    }

    @Override
    public void write(byte[] from, int start, int more) {
        ensureCapacity(more);
        System.arraycopy(from, start, bytes, length, more);
        length += more;
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

    /** The pictures in order; nothing may be written afterwards. */
    List<byte[]> pictures() {
        if (count == 0) {
            return List.of();
        }
        return count == 1 ? List.of(picture()) : split();
    }

    /** The only picture; nothing may be written afterwards. */
    private byte[] picture() {
        if (length != bytes.length) {
            bytes = copied(length);
        }
        return bytes;
    }

    private List<byte[]> split() {
        if (length <= SMALL) {
            return slices();
        }
        copying.lock();
        try {
            return slices();
        } finally {
            copying.unlock();
        }
    }

    private List<byte[]> slices() {
        List<byte[]> slices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            slices.add(Arrays.copyOfRange(bytes, starts[i], i + 1 < count ? starts[i + 1] : length));
        }
        bytes = new byte[0];
        return slices;
    }
}
