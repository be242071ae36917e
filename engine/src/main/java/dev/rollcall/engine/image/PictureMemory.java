package dev.rollcall.engine.image;

import java.util.concurrent.Semaphore;

/**
 * How much memory all pictures that are decoded or analysed at once may take together. Each takes its share before
 * anything is allocated, in the order of arrival, and waits while there is too little left; whoever holds a share
 * takes no second one, so nobody waits for itself. Safe for use by several threads.
 */
public final class PictureMemory {

    /** Most bytes that all canvases together keep from one picture to the next; they are no part of the total. */
    static final long MOST_KEPT = 16L << 20;

    private static final int UNIT = 1024;

    private final int total;
    private final Semaphore free;
    private final Semaphore keepable = new Semaphore(units(MOST_KEPT));

    /**
     * Sets the total.
     *
     * @param bytes positive
     */
    public PictureMemory(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("pictures need memory: " + bytes);
        }
        total = units(bytes);
        free = new Semaphore(total, true);
    }

    /** Memory that never runs short. */
    static PictureMemory unlimited() {
        return new PictureMemory(Long.MAX_VALUE);
    }

    /** The total in bytes. */
    long total() {
        return (long) total * UNIT;
    }

    /** Bytes that nobody holds. */
    long available() {
        return (long) free.availablePermits() * UNIT;
    }

    /**
     * Takes a share, as soon as there is enough left; waits through interrupts.
     *
     * @param bytes no more than the total
     */
    void take(long bytes) {
        if (units(bytes) > total) {
            throw new IllegalArgumentException(bytes + " bytes are more than there are");
        }
        free.acquireUninterruptibly(units(bytes));
    }

    void giveBack(long bytes) {
        free.release(units(bytes));
    }

    /** Whether so much may be kept for the next picture. */
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
