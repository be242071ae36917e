package dev.rollcall.http.connection;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The answers of all connections that are written and not yet taken by the network, and the memory that they may have
 * together. Beyond it, the connection is closed whose answers have waited longest without moving. Safe for use by several
 * threads.
 */
final class UnsentResponses {

    /** A reader that has taken something lately is not closed for the sake of others. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private final long most;
    private final AtomicLong bytes = new AtomicLong();
    private final Set<UnsentResponse> waiting = ConcurrentHashMap.newKeySet();

    /**
     * Begins with none.
     *
     * @param most bytes that may wait together
     */
    UnsentResponses(long most) {
        this.most = most;
    }

    /** Counts bytes that begin to wait. */
    void add(UnsentResponse answer, int more) {
        waiting.add(answer);
        if (bytes.addAndGet(more) > most) {
            longest().orElse(answer).close();
        }
    }

    /** Counts bytes that wait no longer. */
    void remove(int fewer) {
        bytes.addAndGet(-fewer);
    }

    /** Says that nothing of a connection waits any more. */
    void sent(UnsentResponse answer) {
        waiting.remove(answer);
    }

    private Optional<UnsentResponse> longest() {
        long now = System.nanoTime();
        return waiting.stream()
                .filter(answer -> answer.stillNanos(now) > GRACE)
                .max(Comparator.comparingLong(answer -> answer.stillNanos(now)));
    }
}
