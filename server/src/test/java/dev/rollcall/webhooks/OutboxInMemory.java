package dev.rollcall.webhooks;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** An outbox that gives what a test puts into it, and keeps what is noted. Safe for use by several threads. */
final class OutboxInMemory implements Outbox {

    private final Queue<Taken> due = new ArrayDeque<>();
    private final List<Lease> leases = new ArrayList<>();
    private final List<Lease> released = new ArrayList<>();
    private final List<Outcome> finished = new ArrayList<>();
    private boolean isLost;
    private boolean isAway;
    private boolean failsOnce;

    synchronized void put(Taken taken) {
        due.add(taken);
    }

    /** From now on no lease is held any more. */
    synchronized void lose() {
        isLost = true;
    }

    /** Whether the database can't be reached from now on. */
    synchronized void setAway(boolean away) {
        isAway = away;
    }

    /** Lets the next attempt not be noted, since the database can't be reached at that moment. */
    synchronized void failOnce() {
        failsOnce = true;
    }

    synchronized List<Lease> leases() {
        return List.copyOf(leases);
    }

    synchronized List<Lease> released() {
        return List.copyOf(released);
    }

    synchronized List<Outcome> finished() {
        return List.copyOf(finished);
    }

    private void reach() {
        if (isAway) {
            throw new StoreUnavailableException("the database is away", true, null);
        }
    }

    @Override
    public synchronized Turn take(Lease lease, int limit, Instant now) {
        reach();
        Optional<Taken> next = Optional.ofNullable(due.poll());
        if (next.isPresent()) {
            leases.add(lease);
        }
        return new Turn(true, next);
    }

    @Override
    public synchronized boolean finish(Taken taken, Lease lease, Delivery delivery, Outcome outcome, Instant now) {
        reach();
        if (failsOnce) {
            failsOnce = false;
            throw new StoreUnavailableException("the database is away", true, null);
        }
        if (isLost) {
            return false;
        }
        finished.add(outcome);
        return true;
    }

    @Override
    public synchronized void release(String webhook, Lease lease) {
        reach();
        released.add(lease);
    }
}
