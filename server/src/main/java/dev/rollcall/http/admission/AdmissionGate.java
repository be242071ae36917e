package dev.rollcall.http.admission;

import io.vertx.core.Context;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits how many requests of a kind are served at once. Up to a number more are queued for a time in
 * the order of arrival, without a thread and with reading of their connection paused; the others are rejected. Safe for
 * use by several event loops.
 */
final class AdmissionGate {

    private final int capacity;
    private final int queueCapacity;
    private final long timeoutMs;
    private final Guard guard;
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger queued = new AtomicInteger();
    private final Queue<QueuedRequest> queue = new ConcurrentLinkedQueue<>();

    AdmissionGate(int capacity, int queueCapacity, long timeoutMs, Guard guard) {
        this.capacity = capacity;
        this.queueCapacity = queueCapacity;
        this.timeoutMs = timeoutMs;
        this.guard = guard;
    }

    /** The conditions and actions that differ by kind of request. */
    interface Guard {

        /** Whether the stage after admission has capacity for one more request. */
        boolean hasCapacity();

        /** Called when a request is queued; may end a slow request to free its memory. */
        void requestQueued();

        /** Responds to a request that is not admitted. */
        void reject(RoutingContext context);
    }

    /** Admits a request, queues it or rejects it. */
    void submit(RoutingContext context) {
        if (queue.isEmpty() && takePlace()) {
            serve(context);
        } else {
            enqueue(context);
        }
    }

    private boolean takePlace() {
        return guard.hasCapacity() && active.getAndUpdate(taken -> Math.min(taken + 1, capacity)) < capacity;
    }

    private void freePlace() {
        active.decrementAndGet();
        admitNext();
    }

    /** Serves a request for which a place was taken. */
    private void serve(RoutingContext context) {
        context.addEndHandler(ended -> freePlace());
        context.next();
    }

    private void enqueue(RoutingContext context) {
        if (queued.incrementAndGet() > queueCapacity) {
            queued.decrementAndGet();
            guard.reject(context);
            return;
        }
        QueuedRequest request = new QueuedRequest(context, context.vertx().getOrCreateContext());
        request.setReading(false);
        queue.add(request);
        guard.requestQueued();
        context.vertx().setTimer(timeoutMs, timer -> {
            if (queue.remove(request)) {
                queued.decrementAndGet();
                request.resume(() -> guard.reject(context));
            }
        });
        admitNext();
    }

    /**
     * Admits the first request of the queue if there is capacity. Called again whenever a request ends. The place is taken before the
     * request leaves the queue, so that a request that arrives meanwhile doesn't get it.
     */
    private void admitNext() {
        while (!queue.isEmpty() && takePlace()) {
            QueuedRequest first = queue.poll();
            if (first != null) {
                queued.decrementAndGet();
                first.resume(() -> admit(first.routing()));
                return;
            }
            active.decrementAndGet();
        }
    }

    private void admit(RoutingContext context) {
        if (context.response().closed()) {
            freePlace();
        } else {
            serve(context);
        }
    }

    /**
     * A request in the queue.
     *
     * @param eventLoop where the request is handled
     */
    private record QueuedRequest(RoutingContext routing, Context eventLoop) {

        void setReading(boolean reads) {
            if (routing.request().connection() instanceof ConnectionBase connection) {
                connection.channel().config().setAutoRead(reads);
            }
        }

        void resume(Runnable action) {
            eventLoop.runOnContext(unused -> {
                setReading(true);
                action.run();
            });
        }
    }
}
