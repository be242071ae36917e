package dev.rollcall.http.admission;

import io.vertx.core.Context;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many requests of a kind are served at once, and lets some more wait for a moment in the order of their
 * arrival, without a thread and with next to nothing read of their bodies. Whoever isn't let in is turned away. Safe for
 * use by several event loops.
 */
final class AdmissionGate {

    private static final long PATIENCE_MS = 500;

    private final int mostInside;
    private final int mostWaiting;
    private final Guard guard;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Queue<Visitor> queue = new ConcurrentLinkedQueue<>();

    AdmissionGate(int mostInside, int mostWaiting, Guard guard) {
        this.mostInside = mostInside;
        this.mostWaiting = mostWaiting;
        this.guard = guard;
    }

    /** What is beyond the door's own knowledge. */
    interface Guard {

        /** Whether there is room for one more behind the door, whatever the number inside. */
        boolean admits();

        /** Hears that a request has to wait; may end another one that keeps others waiting. */
        void waiting();

        /** Answers a request that isn't let in. */
        void turnAway(RoutingContext context);
    }

    /** Takes a request, now or in a moment, or turns it away. */
    void arrive(RoutingContext context) {
        if (!queue.isEmpty() || !letIn(context)) {
            seat(context);
        }
    }

    private boolean letIn(RoutingContext context) {
        if (inside.incrementAndGet() > mostInside || !guard.admits()) {
            inside.decrementAndGet();
            return false;
        }
        context.addEndHandler(answered -> {
            inside.decrementAndGet();
            callNext();
        });
        context.next();
        return true;
    }

    private void seat(RoutingContext context) {
        if (waiting.incrementAndGet() > mostWaiting) {
            waiting.decrementAndGet();
            guard.turnAway(context);
            return;
        }
        Visitor visitor = new Visitor(context, context.vertx().getOrCreateContext());
        visitor.read(false);
        queue.add(visitor);
        guard.waiting();
        context.vertx().setTimer(PATIENCE_MS, timer -> {
            if (queue.remove(visitor)) {
                waiting.decrementAndGet();
                visitor.goOn(() -> guard.turnAway(context));
            }
        });
        callNext();
    }

    /** Calls the one who has waited longest, if there is room; whoever leaves calls the next. */
    private void callNext() {
        Visitor first = queue.peek();
        if (first == null || inside.get() >= mostInside || !guard.admits() || !queue.remove(first)) {
            return;
        }
        waiting.decrementAndGet();
        first.goOn(() -> {
            if (first.context().response().closed()) {
                callNext();
            } else if (!letIn(first.context())) {
                guard.turnAway(first.context());
            }
        });
    }

    /** A request that waits, and the context in which it is handled. */
    private record Visitor(RoutingContext context, Context home) {

        /** Whether anything more is read from the network. */
        void read(boolean more) {
            if (context.request().connection() instanceof ConnectionBase connection) {
                connection.channel().config().setAutoRead(more);
            }
        }

        void goOn(Runnable what) {
            home.runOnContext(unused -> {
                read(true);
                what.run();
            });
        }
    }
}
