package dev.rollcall.webhooks;

import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.webhooks.Outbox.Lease;
import dev.rollcall.webhooks.Outbox.Taken;
import dev.rollcall.webhooks.Outbox.Turn;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The thread that looks for events that are due, and gives each endpoint's to one of a few threads. A receiver that is slow takes one of
 * these for a bounded time, and then others have their turn. Safe for use by several threads.
 */
public final class DeliveryLoop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DeliveryLoop.class);

    /** Endpoints that are delivered to at once. */
    private static final int MOST_AT_ONCE = 4;

    /** Events of one turn, so that memory stays small: an event has a few kB at the most. */
    private static final int EVENTS_PER_TURN = 50;

    /** Longer than an attempt takes, with the resolution of a name and with noting it, which extends the lease. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_WITHOUT_ENDPOINTS = Duration.ofSeconds(30);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final Deliver deliver;
    private final Clock clock;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /** Leases of turns that were interrupted, by the id of their webhook: nobody could deliver to these until they run out. */
    private final Map<String, Lease> interrupted = new ConcurrentHashMap<>();

    private final Thread thread = new Thread(this::run, "webhooks");
    private final ThreadPoolExecutor senders = new ThreadPoolExecutor(
            MOST_AT_ONCE, MOST_AT_ONCE, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DeliveryLoop::sender);

    /** Creates the loop; it does nothing until it is started. */
    public DeliveryLoop(Outbox outbox, Sending sending, Clock clock) {
        this.outbox = outbox;
        this.deliver = new Deliver(outbox, sending, clock);
        this.clock = clock;
        this.senders.allowCoreThreadTimeOut(true);
    }

    private static Thread sender(Runnable work) {
        Thread thread = new Thread(work, "webhook-sender");
        thread.setDaemon(true);
        return thread;
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Tells that an event may be due. */
    public void wake() {
        wakeUps.release();
    }

    private void run() {
        boolean failedBefore = false;
        try {
            while (true) {
                Duration pause = PAUSE_AFTER_FAILURE;
                try {
                    pause = takeAll() ? PAUSE : PAUSE_WITHOUT_ENDPOINTS;
                    failedBefore = false;
                } catch (StoreUnavailableException e) {
                    if (!failedBefore) {
                        LOG.warnf("events wait, since the database can't be asked for them: %s", e.getMessage());
                    }
                    failedBefore = true;
                } catch (RuntimeException e) {
                    if (!failedBefore) {
                        LOG.errorf(e, "events wait, since looking for them fails");
                    }
                    failedBefore = true;
                }
                if (wakeUps.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins the turn of every endpoint that has events; returns whether there is any endpoint. */
    private boolean takeAll() throws InterruptedException {
        interrupted.forEach((webhook, lease) -> {
            outbox.release(webhook, lease);
            interrupted.remove(webhook, lease);
        });
        while (true) {
            places.acquire();
            boolean isGiven = false;
            try {
                Lease lease = new Lease(UUID.randomUUID().toString(), LEASE);
                Turn turn = outbox.take(lease, EVENTS_PER_TURN, clock.instant());
                if (turn.taken().isEmpty()) {
                    return turn.any();
                }
                senders.execute(() -> deliver(turn.taken().get(), lease));
                isGiven = true;
            } finally {
                if (!isGiven) {
                    places.release();
                }
            }
        }
    }

    private void deliver(Taken taken, Lease lease) {
        try {
            deliver.turn(taken, lease);
            wake();
        } catch (StoreUnavailableException e) {
            interrupted.put(taken.id(), lease);
            LOG.warnf(
                    "the delivery to webhook %s is interrupted and will be continued: %s", taken.id(), e.getMessage());
        } catch (RuntimeException e) {
            interrupted.put(taken.id(), lease);
            LOG.errorf(e, "the delivery to webhook %s is interrupted and will be continued", taken.id());
        } finally {
            places.release();
        }
    }

    /** Ends the thread; attempts under way end with the process, and are made again. */
    @Override
    public void close() {
        thread.interrupt();
        senders.shutdownNow();
    }
}
