package dev.rollcall.http.admission;

import dev.rollcall.http.problem.Refusals;
import dev.rollcall.http.problem.RefusedException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The memory that one request has reserved for its body and picture, from before the body is read until the request
 * ends. While the body is read, the lease can be revoked in favour of other requests; reading then ends with {@link
 * RefusedException}. Safe for use by several threads.
 */
public final class BodyLease implements AutoCloseable {

    private final BodyBudget budget;
    private final Semaphore units;
    private final long expected;
    private final long start = System.nanoTime();
    private int reserved;
    private long received;
    private @Nullable Thread reader;
    private boolean revoked;

    /**
     * Creates a lease, held by the current thread.
     *
     * @param units the part of the budget that the memory is reserved from
     * @param reserved units that this lease has reserved
     * @param expected length of the body in bytes
     */
    BodyLease(BodyBudget budget, Semaphore units, int reserved, long expected) {
        this.budget = budget;
        this.units = units;
        this.reserved = reserved;
        this.expected = expected;
        this.reader = Thread.currentThread();
    }

    /**
     * Sets how many bytes of the body have been received.
     *
     * @throws RefusedException if the lease was revoked
     */
    public synchronized void received(long count) {
        received = count;
        if (revoked) {
            throw new RefusedException(Refusals.bodySlowerThanOthers());
        }
    }

    /** Ends the reading of the body. Memory beyond {@code bytes} is released. */
    public void read(int bytes) {
        endReading();
        int kept = Math.min(reserved, BodyBudget.units(bytes));
        units.release(reserved - kept);
        reserved = kept;
    }

    private synchronized void endReading() {
        if (revoked && reader != null) {
            // Clears an interrupt that came after the last byte.
            Thread.interrupted();
        }
        reader = null;
    }

    /** Nanoseconds until the body is complete at its average rate; 0 when it is not being read. */
    synchronized long remainingNanos(long now) {
        if (reader == null || revoked) {
            return 0;
        }
        double age = now - start;
        return (long) (age * (expected - received) / Math.max(1, received));
    }

    /** Whether its memory is reserved from {@code part}. */
    boolean isFrom(Semaphore part) {
        return units == part;
    }

    /** Nanoseconds since the lease was created. */
    long ageNanos(long now) {
        return now - start;
    }

    /** Interrupts the reading of the body. */
    synchronized void revoke() {
        Thread reading = reader;
        if (reading != null && !revoked) {
            revoked = true;
            reading.interrupt();
        }
    }

    @Override
    public void close() {
        endReading();
        units.release(reserved);
        reserved = 0;
        budget.remove(this);
    }
}
