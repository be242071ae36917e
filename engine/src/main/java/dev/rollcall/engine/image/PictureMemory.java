package dev.rollcall.engine.image;

import java.util.concurrent.Semaphore;

/**
 * The memory budget of all pictures that are decoded or analysed at once. Each takes its share before anything is
 * allocated, in the order of arrival, and waits while too little is left. A holder of a share takes no second one, so
 * no deadlock is possible. Safe for use by several threads.
 */
public final class PictureMemory {

    /** Most bytes that all pixel buffers together keep from one picture to the next; not counted in the total. */
    static final long MAX_KEPT_BYTES = 16L << 20;

    private static final int UNIT = 1024;

    private final int total;
    private final Semaphore free;
    private final Semaphore keepable = new Semaphore(units(MAX_KEPT_BYTES));

    /**
     * Sets the total.
     *
     * @param bytes positive
     */
    public PictureMemory(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("the picture memory must be positive: " + bytes);
        }
        total = units(bytes);
        free = new Semaphore(total, true);
    }

    /** A budget without a limit. */
    static PictureMemory unlimited() {
        return new PictureMemory(Long.MAX_VALUE);
    }

    /** The total in bytes. */
    long total() {
        return (long) total * UNIT;
    }

    /** Bytes that are not taken. */
    long available() {
        return (long) free.availablePermits() * UNIT;
    }

    /**
     * Takes a share, as soon as enough is left; waits through interrupts.
     *
     * @param bytes no more than the total
     */
    void take(long bytes) {
        if (units(bytes) > total) {
            throw new IllegalArgumentException(bytes + " bytes are more than the budget");
        }
        free.acquireUninterruptibly(units(bytes));
    }

    void giveBack(long bytes) {
        free.release(units(bytes));
    }

    /** Reserves bytes to keep for the next picture; false when all buffers together would keep too many. */
    boolean keep(long bytes) {
        return keepable.tryAcquire(units(bytes));
    }

    void keepNoLonger(long bytes) {
        keepable.release(units(bytes));
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, bytes / UNIT + (bytes % UNIT == 0 ? 0 : 1));
    }
}
