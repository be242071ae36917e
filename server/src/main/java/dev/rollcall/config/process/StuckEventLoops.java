package dev.rollcall.config.process;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The check whether a thread that handles connections has run no task for half a minute. Such threads never block in
 * ordinary operation; one that does is assumed to block for ever. Not safe for use by several threads.
 */
public final class StuckEventLoops implements Watchdog.Check {

    private static final int MAX_MISSED_CHECKS = 6;

    private final Supplier<? extends Iterable<? extends Executor>> eventLoops;
    private final Map<Executor, Ping> pings = new HashMap<>();

    /**
     * Creates the check.
     *
     * @param eventLoops returns the current event loops
     */
    public StuckEventLoops(Supplier<? extends Iterable<? extends Executor>> eventLoops) {
        this.eventLoops = eventLoops;
    }

    /** A task that an event loop was given. */
    private static final class Ping {

        private final AtomicBoolean done = new AtomicBoolean();
        private int checks;
    }

    @Override
    public Optional<String> fault() {
        for (Executor eventLoop : eventLoops.get()) {
            @Nullable Ping ping = pings.get(eventLoop);
            if (ping == null || ping.done.get()) {
                send(eventLoop);
            } else if (++ping.checks > MAX_MISSED_CHECKS) {
                return Optional.of("a thread that handles connections has been stuck for half a minute");
            }
        }
        return Optional.empty();
    }

    private void send(Executor eventLoop) {
        Ping ping = new Ping();
        pings.put(eventLoop, ping);
        try {
            eventLoop.execute(() -> ping.done.set(true));
        } catch (RejectedExecutionException e) {
            // The service is stopping.
            ping.done.set(true);
        }
    }
}
