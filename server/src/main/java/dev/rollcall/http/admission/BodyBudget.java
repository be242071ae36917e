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
 * The memory that the bodies and pictures of all requests may hold together, handed out in the order of arrival before
 * anything is read. Small requests have a part of their own, so that they never wait for large ones. Whoever has to wait
 * calls back what the slowest sender has. Safe for use by several threads.
 */
@ApplicationScoped
public class BodyBudget {

    private static final int UNIT = 1024;

    /** What a camera's picture needs at most. */
    private static final long SMALL = 768 * 1024;

    /** The part of small requests: one in so many. */
    private static final int SMALL_SHARE = 5;

    private static final long PATIENCE_SMALL_MS = 500;
    private static final long PATIENCE_LARGE_MS = 2_000;

    /** A sender is given so long before its place can be called back. */
    private static final long CALL_BACK_AFTER = TimeUnit.SECONDS.toNanos(2);

    /** A sender that will be done in this time is left alone. */
    private static final long NEARLY_DONE = TimeUnit.MILLISECONDS.toNanos(500);

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
        long smallBytes = limits.bodyBudgetBytes() / SMALL_SHARE;
        smallTotal = units(smallBytes);
        // One copy of the largest picture is kept free for whoever holds the lock of copying.
        largeTotal = units(Math.max(maxImage, limits.bodyBudgetBytes() - smallBytes - maxImage));
        small = new Semaphore(smallTotal, true);
        large = new Semaphore(largeTotal, true);
    }

    /**
     * Takes room for a request.
     *
     * @param pictureBytes most bytes that its picture can have, or a negative number when that isn't told
     * @param bodyBytes length of its body, or a negative number
     * @return the lease, or empty when there was no room for too long
     */
    public Optional<BodyLease> take(long pictureBytes, long bodyBytes) throws InterruptedException {
        long bytes = pictureBytes < 0 ? maxImage : Math.min(pictureBytes, maxImage);
        boolean isSmall = bytes <= SMALL;
        Semaphore part = isSmall ? small : large;
        int wanted = Math.max(1, Math.min(isSmall ? smallTotal : largeTotal, units(bytes)));
        if (!part.tryAcquire(wanted, 0, TimeUnit.SECONDS)) {
            callBackSlowest(lease -> lease.isOf(part));
            if (!part.tryAcquire(wanted, isSmall ? PATIENCE_SMALL_MS : PATIENCE_LARGE_MS, TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        }
        BodyLease lease = new BodyLease(this, part, wanted, bodyBytes < 0 ? maxImage : bodyBytes);
        leases.add(lease);
        return Optional.of(lease);
    }

    /** Held while a large picture is copied, for which there is room once. */
    public Lock copying() {
        return copying;
    }

    void ended(BodyLease lease) {
        leases.remove(lease);
    }

    /** Ends the request whose body will take longest to come, if it has had some time. */
    void callBackSlowest() {
        callBackSlowest(lease -> true);
    }

    private void callBackSlowest(Predicate<BodyLease> eligible) {
        long now = System.nanoTime();
        leases.stream()
                .filter(eligible)
                .filter(lease -> lease.ageNanos(now) > CALL_BACK_AFTER && lease.remainingNanos(now) > NEARLY_DONE)
                .max(Comparator.comparingLong(lease -> lease.remainingNanos(now)))
                .ifPresent(BodyLease::callBack);
    }

    static int units(long bytes) {
        return Math.toIntExact((bytes + UNIT - 1) / UNIT);
    }
}
