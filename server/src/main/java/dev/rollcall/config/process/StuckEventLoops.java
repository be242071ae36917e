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
 * Whether a thread that handles connections has done nothing for half a minute. Such a thread never waits; one that does
 * will not come back. Not safe for use by several threads.
 */
public final class StuckEventLoops implements Watchdog.Check {

    private static final int MOST_SILENT_LOOKS = 6;

    private final Supplier<? extends Iterable<? extends Executor>> eventLoops;
    private final Map<Executor, Ping> pings = new HashMap<>();

    /**
     * Watches threads.
     *
     * @param eventLoops those that there are now
     */
    public StuckEventLoops(Supplier<? extends Iterable<? extends Executor>> eventLoops) {
        this.eventLoops = eventLoops;
    }

    /** A piece of work that a thread was given. */
    private static final class Ping {

        private final AtomicBoolean done = new AtomicBoolean();
        private int looks;
    }

    @Override
    public Optional<String> fault() {
        for (Executor eventLoop : eventLoops.get()) {
            @Nullable Ping ping = pings.get(eventLoop);
            if (ping == null || ping.done.get()) {
                send(eventLoop);
            } else if (++ping.looks > MOST_SILENT_LOOKS) {
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
