package dev.rollcall.store.function;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of writes that a database refused because its disk is full: PostgreSQL's own state 53100, or 25006 of a
 * database that its host has made read-only. It lasts until a write succeeds, a minute at most. Safe for use by several
 * threads.
 */
public final class RefusedWrites {

    private static final String DISK_FULL = "53100";
    private static final long MEMORY_NS = 60_000_000_000L;

    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Long> refusedAt = new AtomicReference<>();

    public RefusedWrites() {
        this(System::nanoTime);
    }

    RefusedWrites(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Notes that a call failed with an SQLSTATE. */
    public void failed(@Nullable String state) {
        if (DISK_FULL.equals(state) || SqlState.READ_ONLY.equals(state)) {
            refusedAt.set(nanoTime.getAsLong());
        }
    }

    /** Notes that a call succeeded. */
    public void succeeded(FunctionCall call) {
        if (call.effect() != FunctionCall.Effect.READS) {
            refusedAt.set(null);
        }
    }

    /** Whether the last write of the last minute was refused because the disk is full. */
    public boolean diskFull() {
        Long at = refusedAt.get();
        return at != null && nanoTime.getAsLong() - at < MEMORY_NS;
    }
}
