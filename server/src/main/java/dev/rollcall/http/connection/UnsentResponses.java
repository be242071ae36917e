package dev.rollcall.http.connection;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The unsent responses of all connections, and the limit of their memory. Beyond it, the connection is closed that has
 * stalled longest. Safe for use by several threads.
 */
final class UnsentResponses {

    /** A connection that has made progress within this time is not closed in favour of others. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private final long limit;
    private final AtomicLong bytes = new AtomicLong();
    private final Set<UnsentResponse> waiting = ConcurrentHashMap.newKeySet();

    /**
     * Creates an empty set.
     *
     * @param limit most unsent bytes of all connections together
     */
    UnsentResponses(long limit) {
        this.limit = limit;
    }

    /** Adds unsent bytes. */
    void add(UnsentResponse response, int more) {
        waiting.add(response);
        if (bytes.addAndGet(more) > limit) {
            longestStalled().orElse(response).close();
        }
    }

    /** Subtracts bytes that were sent or dropped. */
    void remove(int fewer) {
        bytes.addAndGet(-fewer);
    }

    /** Records that a connection has no unsent bytes. */
    void sent(UnsentResponse response) {
        waiting.remove(response);
    }

    private Optional<UnsentResponse> longestStalled() {
        long now = System.nanoTime();
        return waiting.stream()
                .filter(response -> response.stalledNanos(now) > GRACE)
                .max(Comparator.comparingLong(response -> response.stalledNanos(now)));
    }
}
