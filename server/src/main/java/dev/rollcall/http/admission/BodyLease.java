package dev.rollcall.http.admission;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The memory that one request has for its body and picture, from before the body is read until the request is answered.
 * While the body is read, the lease can be called back for others; the reading then ends with {@link
 * RefusedException}. Safe for use by several threads.
 */
public final class BodyLease implements AutoCloseable {

    private final BodyBudget budget;
    private final Semaphore units;
    private final long expected;
    private final long start = System.nanoTime();
    private int taken;
    private long received;
    private @Nullable Thread reader;
    private boolean calledBack;

    /**
     * Begins a lease.
     *
     * @param units where the memory comes from
     * @param taken how much of it this lease has
     * @param expected length of the body in bytes
     */
    BodyLease(BodyBudget budget, Semaphore units, int taken, long expected) {
        this.budget = budget;
        this.units = units;
        this.taken = taken;
        this.expected = expected;
        this.reader = Thread.currentThread();
    }

    /**
     * Says how much of the body has come.
     *
     * @throws RefusedException if the lease was called back
     */
    public synchronized void received(long count) {
        received = count;
        if (calledBack) {
            throw new RefusedException(
                    new Refusal(Code.OVERLOADED, "The body came slowly, and others wait. Try again in a moment."));
        }
    }

    /** Says that the body is read and what is kept of it; the rest of the memory is given back. */
    public void read(int bytes) {
        endReading();
        int kept = Math.min(taken, BodyBudget.units(bytes));
        units.release(taken - kept);
        taken = kept;
    }

    private synchronized void endReading() {
        if (calledBack && reader != null) {
            // The interrupt may have come after the last byte.
            Thread.interrupted();
        }
        reader = null;
    }

    /** For how many more nanoseconds the body will come at its pace until now; 0 when it is not being read. */
    synchronized long remainingNanos(long now) {
        if (reader == null || calledBack) {
            return 0;
        }
        double age = now - start;
        return (long) (age * (expected - received) / Math.max(1, received));
    }

    /** Whether its memory comes from there. */
    boolean isOf(Semaphore part) {
        return units == part;
    }

    /** For how long it has been read. */
    long ageNanos(long now) {
        return now - start;
    }

    /** Ends the reading. */
    synchronized void callBack() {
        Thread reading = reader;
        if (reading != null && !calledBack) {
            calledBack = true;
            reading.interrupt();
        }
    }

    @Override
    public void close() {
        endReading();
        units.release(taken);
        taken = 0;
        budget.ended(this);
    }
}
