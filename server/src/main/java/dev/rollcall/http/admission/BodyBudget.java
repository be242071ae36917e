package dev.rollcall.http.admission;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The memory that the bodies and pictures of all requests may hold together. Requests reserve from it in the order of
 * arrival, before their body is read. Small requests have a part of their own, so that they never wait for large ones. A
 * request that has to wait revokes the reservation of the slowest sender. Safe for use by several threads.
 */
@ApplicationScoped
public class BodyBudget {

    private static final int UNIT = 1024;

    /** Largest small request in bytes: a picture from a camera of a kiosk or phone. */
    private static final long SMALL = 768 * 1024;

    /** Small requests have the budget divided by this. */
    private static final int SMALL_DIVISOR = 5;

    private static final long SMALL_TIMEOUT_MS = 500;
    private static final long LARGE_TIMEOUT_MS = 2_000;

    /** Age from which on a reservation can be revoked. */
    private static final long MIN_AGE = TimeUnit.SECONDS.toNanos(2);

    /** A reservation is kept if its body is expected to be complete within this time. */
    private static final long NEARLY_COMPLETE = TimeUnit.MILLISECONDS.toNanos(500);

    private final Semaphore small;
    private final Semaphore large;
    private final int smallTotal;
    private final int largeTotal;
    private final long maxImage;
    private final Lock copying = new ReentrantLock();
    private final Set<BodyLease> leases = ConcurrentHashMap.newKeySet();

    @Inject
    BodyBudget(RequestLimits limits) {
        maxImage = limits.maxImageBytes();
        long smallBytes = limits.bodyBudgetBytes() / SMALL_DIVISOR;
        smallTotal = units(smallBytes);
        // Memory for one copy of the largest picture belongs to the holder of the lock of copying.
        largeTotal = units(Math.max(maxImage, limits.bodyBudgetBytes() - smallBytes - maxImage));
        small = new Semaphore(smallTotal, true);
        large = new Semaphore(largeTotal, true);
    }

    /**
     * Reserves memory for a request; waits for it if necessary.
     *
     * @param pictureBytes most bytes that its picture can have, or a negative number when unknown
     * @param bodyBytes length of its body, or a negative number when unknown
     * @return the lease, or empty when there was no memory until the timeout
     */
    public Optional<BodyLease> reserve(long pictureBytes, long bodyBytes) throws InterruptedException {
        long bytes = pictureBytes < 0 ? maxImage : Math.min(pictureBytes, maxImage);
        boolean isSmall = bytes <= SMALL;
        Semaphore part = isSmall ? small : large;
        int wanted = Math.max(1, Math.min(isSmall ? smallTotal : largeTotal, units(bytes)));
        if (!part.tryAcquire(wanted, 0, TimeUnit.SECONDS)) {
            revokeSlowest(lease -> lease.isFrom(part));
            if (!part.tryAcquire(wanted, isSmall ? SMALL_TIMEOUT_MS : LARGE_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        }
        BodyLease lease = new BodyLease(this, part, wanted, bodyBytes < 0 ? maxImage : bodyBytes);
        leases.add(lease);
        return Optional.of(lease);
    }

    /**
     * Reserves memory for a picture that is no request's, if it is free and no request waits for it. It must be closed, by any
     * thread.
     */
    public Optional<BodyLease> reserveIfFree(int bytes) {
        Semaphore part = bytes <= SMALL ? small : large;
        int wanted = Math.max(1, Math.min(bytes <= SMALL ? smallTotal : largeTotal, units(bytes)));
        if (part.hasQueuedThreads() || !part.tryAcquire(wanted)) {
            return Optional.empty();
        }
        BodyLease lease = new BodyLease(this, part, wanted, bytes);
        lease.read(bytes);
        return Optional.of(lease);
    }

    /** Held while a large picture is copied; there is memory for one such copy at a time. */
    public Lock copying() {
        return copying;
    }

    void remove(BodyLease lease) {
        leases.remove(lease);
    }

    /** Ends the request whose body is expected to be complete last, if it is old enough. */
    void revokeSlowest() {
        revokeSlowest(lease -> true);
    }

    private void revokeSlowest(Predicate<BodyLease> eligible) {
        long now = System.nanoTime();
        leases.stream()
                .filter(eligible)
                .filter(lease -> lease.ageNanos(now) > MIN_AGE && lease.remainingNanos(now) > NEARLY_COMPLETE)
                .max(Comparator.comparingLong(lease -> lease.remainingNanos(now)))
                .ifPresent(BodyLease::revoke);
    }

    static int units(long bytes) {
        return Math.toIntExact((bytes + UNIT - 1) / UNIT);
    }
}
