package dev.rollcall.config.process;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the heap has been full for a minute, after collection upon collection. Not safe for use by several threads. */
public final class FullHeap implements Watchdog.Check {

    private static final int MOST_FULL_LOOKS = 12;
    private static final double FULL = 0.97;

    /** A collector of the younger part alone has two pools; one that also collects the older part has more. */
    private static final int YOUNGER_POOLS = 2;

    private final Supplier<State> state;
    private int fullLooks;
    private long collections;

    /** Watches the heap of this process. */
    public FullHeap() {
        this(FullHeap::now);
    }

    FullHeap(Supplier<State> state) {
        this.state = state;
    }

    /**
     * The heap at one moment.
     *
     * @param collections how many collections there have been; without a new one nothing new is known
     * @param usedShare how much of the older part of the heap was in use after the last one, 0…1
     */
    record State(long collections, double usedShare) {}

    @Override
    public Optional<String> fault() {
        State now = state.get();
        boolean full = now.collections() > collections && now.usedShare() > FULL;
        collections = now.collections();
        fullLooks = full ? fullLooks + 1 : 0;
        return fullLooks > MOST_FULL_LOOKS
                ? Optional.of("the heap has been full for a minute; ROLLCALL_HEAP makes it larger")
                : Optional.empty();
    }

    private static State now() {
        long collections = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> collector.getMemoryPoolNames().length > YOUNGER_POOLS)
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
        return new State(collections, usedShare());
    }

    /** The largest pool of the heap is the older part, whatever the collector. */
    private static double usedShare() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(MemoryUsage::getMax))
                .map(usage -> usage.getMax() > 0 ? (double) usage.getUsed() / usage.getMax() : 0)
                .orElse(0.0);
    }
}
