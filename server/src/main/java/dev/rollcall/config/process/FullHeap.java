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

/** The check whether the heap stays full after garbage collections for a minute. Not safe for use by several threads. */
public final class FullHeap implements Watchdog.Check {

    private static final int MAX_FULL_CHECKS = 12;
    private static final double FULL = 0.97;

    /** A collector of the young generation alone has two pools; one that also collects the old generation has more. */
    private static final int YOUNG_GENERATION_POOLS = 2;

    private final Supplier<State> state;
    private int fullChecks;
    private long collections;

    /** Creates the check of this process' heap. */
    public FullHeap() {
        this(FullHeap::now);
    }

    FullHeap(Supplier<State> state) {
        this.state = state;
    }

    /**
     * A measurement of the heap.
     *
     * @param collections number of collections so far; {@code usedShare} changes only with a new one
     * @param usedShare the share of the old generation in use after the last collection, 0…1
     */
    record State(long collections, double usedShare) {}

    @Override
    public Optional<String> fault() {
        State now = state.get();
        boolean full = now.collections() > collections && now.usedShare() > FULL;
        collections = now.collections();
        fullChecks = full ? fullChecks + 1 : 0;
        return fullChecks > MAX_FULL_CHECKS
                ? Optional.of("the heap has been full for a minute; ROLLCALL_HEAP makes it larger")
                : Optional.empty();
    }

    private static State now() {
        long collections = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> collector.getMemoryPoolNames().length > YOUNG_GENERATION_POOLS)
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
        return new State(collections, usedShare());
    }

    /** The use of the largest pool of the heap, which is the old generation with every collector. */
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
