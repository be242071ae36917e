package dev.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bounds the memory that request bodies hold together, in order of arrival. Safe for use by several threads. */
@ApplicationScoped
class BodyBudget {

    private static final int UNIT = 1024;
    private static final long WAIT_SECONDS = 10;

    /** A body and the picture decoded from it are in memory together. */
    private static final double COPIES = 1.75;

    private final Semaphore units;
    private final int total;
    private final long maxBody;

    @Inject
    BodyBudget(RequestLimits limits) {
        maxBody = limits.maxBodyBytes();
        total = units(Math.max(limits.bodyBudgetBytes(), (long) (maxBody * COPIES)));
        units = new Semaphore(total, true);
    }

    /**
     * Takes room for a body.
     *
     * @param length its length in bytes, or −1 when it isn't told
     * @return the units to give back, or 0 when there was no room for too long
     */
    int take(long length) throws InterruptedException {
        long bytes = length < 0 ? maxBody : Math.min(length, maxBody);
        int wanted = Math.max(1, Math.min(total, units((long) (bytes * COPIES))));
        return units.tryAcquire(wanted, WAIT_SECONDS, TimeUnit.SECONDS) ? wanted : 0;
    }

    void giveBack(int taken) {
        units.release(taken);
    }

    private static int units(long bytes) {
        return Math.toIntExact(bytes / UNIT);
    }
}
