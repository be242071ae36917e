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
 * The open connections, by address, and how many there may be. When there are too many, one that serves no request is
 * closed: of the address that has most, the longest idle of those that have shown no valid key, or else one that has. A
 * connection from which nothing has been answered yet is left alone for {@link #GRACE}. When none can be closed, no more
 * are taken for a moment; they wait in the system's queue. Safe for use by several threads.
 */
final class Connections {

    /** For the first request of a connection to come. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private static final long LOOK_AGAIN_MS = 50;

    private final LongSupplier most;
    private final Map<Connection, Place> places = new HashMap<>();
    private final Map<String, Set<Connection>> byAddress = new HashMap<>();
    private long open;
    private boolean looksAgain;
    private long limit = -1;

    /**
     * Makes an empty set.
     *
     * @param most how many may be open, one of a weight counting as often as its weight; asked once, at the first one
     */
    Connections(LongSupplier most) {
        this.most = most;
    }

    private record Place(String address, int weight) {}

    /** Takes a connection in as it is accepted; it leaves by itself when its channel closes. */
    void add(Connection connection, Channel channel) {
        Place place = new Place(address(channel.remoteAddress()), 1);
        synchronized (this) {
            limit = limit < 0 ? most.getAsLong() : limit;
            places.put(connection, place);
            byAddress
                    .computeIfAbsent(place.address(), unused -> new LinkedHashSet<>())
                    .add(connection);
            open += place.weight();
        }
        channel.closeFuture().addListener(closed -> remove(connection));
        if (!makeRoom()) {
            listenLater(channel.parent());
        }
    }

    /** Says how often a connection counts. */
    synchronized void weigh(Connection connection, int weight) {
        Place place = places.get(connection);
        if (place != null) {
            places.put(connection, new Place(place.address(), weight));
            open += weight - place.weight();
        }
    }

    private synchronized void remove(Connection connection) {
        Place place = places.remove(connection);
        if (place == null) {
            return;
        }
        open -= place.weight();
        Set<Connection> group = byAddress.get(place.address());
        if (group != null && group.remove(connection) && group.isEmpty()) {
            byAddress.remove(place.address());
        }
    }

    /** Closes connections until there are not too many; false if there are and none may be closed. */
    private boolean makeRoom() {
        List<Connection> victims = new ArrayList<>();
        boolean room;
        synchronized (this) {
            long now = System.nanoTime();
            Optional<Connection> victim = open > limit ? victim(now) : Optional.empty();
            while (victim.isPresent()) {
                remove(victim.get());
                victims.add(victim.get());
                victim = open > limit ? victim(now) : Optional.empty();
            }
            room = open <= limit;
        }
        victims.forEach(Connection::close);
        return room;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the timer lives as long as the listener
    private void listenLater(Channel listener) {
        listener.config().setAutoRead(false);
        synchronized (this) {
            if (looksAgain) {
                return;
            }
            looksAgain = true;
        }
        listener.eventLoop().schedule(() -> listenIfThereIsRoom(listener), LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
    }

    private void listenIfThereIsRoom(Channel listener) {
        synchronized (this) {
            looksAgain = false;
        }
        if (makeRoom()) {
            listener.config().setAutoRead(true);
        } else {
            listenLater(listener);
        }
    }

    private Optional<Connection> victim(long now) {
        List<Set<Connection>> groups = new ArrayList<>(byAddress.values());
        groups.sort(
                Comparator.comparingInt((Set<Connection> group) -> group.size()).reversed());
        return longestIdle(groups, false, now).or(() -> longestIdle(groups, true, now));
    }

    private static Optional<Connection> longestIdle(List<Set<Connection>> groups, boolean proven, long now) {
        for (Set<Connection> group : groups) {
            Optional<Connection> found = group.stream()
                    .filter(connection -> connection.isProven() == proven && mayBeClosed(connection, now))
                    .max(Comparator.comparingLong(connection -> connection.idleNanos(now)));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean mayBeClosed(Connection connection, long now) {
        return !connection.isServing() && (connection.isAnswered() || connection.idleNanos(now) > GRACE);
    }

    /** All of one IPv6 network of 64 bits count as one address, as for the limits of requests. */
    private static String address(@Nullable SocketAddress remote) {
        return remote instanceof InetSocketAddress internet && internet.getAddress() != null
                ? ClientNetwork.of(internet.getAddress().getHostAddress())
                : "local";
    }
}
