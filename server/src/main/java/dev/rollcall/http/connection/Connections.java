package dev.rollcall.http.connection;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open connections by address, and their limit. Beyond the limit, idle connections are evicted: of the address with
 * most connections, the longest idle without a valid key first, then those with one. A connection that has had no response
 * yet is not evicted for {@link #GRACE}. While none can be evicted, accepting is paused, and new connections wait in the
 * operating system's queue. Safe for use by several threads.
 */
final class Connections {

    /** The time for a connection's first request to arrive. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private static final long RECHECK_MS = 50;

    private final LongSupplier maxWeight;
    private final Map<Connection, Entry> entries = new HashMap<>();
    private final Map<String, Set<Connection>> byAddress = new HashMap<>();
    private long open;
    private boolean recheckScheduled;
    private long limit = -1;

    /**
     * Creates an empty set.
     *
     * @param maxWeight most weight of all connections together; called once, at the first connection
     */
    Connections(LongSupplier maxWeight) {
        this.maxWeight = maxWeight;
    }

    private record Entry(String address, int weight) {}

    /** Adds a connection that was accepted; it is removed when its channel closes. */
    void add(Connection connection, Channel channel) {
        Entry entry = new Entry(address(channel.remoteAddress()), 1);
        synchronized (this) {
            limit = limit < 0 ? maxWeight.getAsLong() : limit;
            entries.put(connection, entry);
            byAddress
                    .computeIfAbsent(entry.address(), unused -> new LinkedHashSet<>())
                    .add(connection);
            open += entry.weight();
        }
        channel.closeFuture().addListener(closed -> remove(connection));
        if (!evict()) {
            pauseAccepting(channel.parent());
        }
    }

    /** Sets how many connections a connection counts as. */
    synchronized void setWeight(Connection connection, int weight) {
        Entry entry = entries.get(connection);
        if (entry != null) {
            entries.put(connection, new Entry(entry.address(), weight));
            open += weight - entry.weight();
        }
    }

    private synchronized void remove(Connection connection) {
        Entry entry = entries.remove(connection);
        if (entry == null) {
            return;
        }
        open -= entry.weight();
        Set<Connection> group = byAddress.get(entry.address());
        if (group != null && group.remove(connection) && group.isEmpty()) {
            byAddress.remove(entry.address());
        }
    }

    /** Evicts connections until the limit is kept; false if it is exceeded and none can be evicted. */
    private boolean evict() {
        List<Connection> evicted = new ArrayList<>();
        boolean withinLimit;
        synchronized (this) {
            long now = System.nanoTime();
            Optional<Connection> candidate = open > limit ? candidate(now) : Optional.empty();
            while (candidate.isPresent()) {
                remove(candidate.get());
                evicted.add(candidate.get());
                candidate = open > limit ? candidate(now) : Optional.empty();
            }
            withinLimit = open <= limit;
        }
        evicted.forEach(Connection::close);
        return withinLimit;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the timer lives as long as the listener
    private void pauseAccepting(Channel listener) {
        listener.config().setAutoRead(false);
        synchronized (this) {
            if (recheckScheduled) {
                return;
            }
            recheckScheduled = true;
        }
        listener.eventLoop().schedule(() -> resumeAccepting(listener), RECHECK_MS, TimeUnit.MILLISECONDS);
    }

    private void resumeAccepting(Channel listener) {
        synchronized (this) {
            recheckScheduled = false;
        }
        if (evict()) {
            listener.config().setAutoRead(true);
        } else {
            pauseAccepting(listener);
        }
    }

    private Optional<Connection> candidate(long now) {
        List<Set<Connection>> groups = new ArrayList<>(byAddress.values());
        groups.sort(
                Comparator.comparingInt((Set<Connection> group) -> group.size()).reversed());
        return longestIdle(groups, false, now).or(() -> longestIdle(groups, true, now));
    }

    private static Optional<Connection> longestIdle(List<Set<Connection>> groups, boolean authenticated, long now) {
        for (Set<Connection> group : groups) {
            Optional<Connection> found = group.stream()
                    .filter(connection -> connection.isAuthenticated() == authenticated && isEvictable(connection, now))
                    .max(Comparator.comparingLong(connection -> connection.idleNanos(now)));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isEvictable(Connection connection, long now) {
        return !connection.isServing() && (connection.hasResponded() || connection.idleNanos(now) > GRACE);
    }

    /** An IPv6 network of 64 bits counts as one address, as for the rate limits. */
    private static String address(@Nullable SocketAddress remote) {
        return remote instanceof InetSocketAddress internet && internet.getAddress() != null
                ? ClientNetwork.of(internet.getAddress().getHostAddress())
                : "local";
    }
}
