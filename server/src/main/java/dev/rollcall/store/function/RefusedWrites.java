package dev.rollcall.store.function;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A record of the last call that a database refused because its disk is full. It counts until the same function succeeds, a
 * minute at most: other calls may succeed on a full disk. Safe for use by several threads.
 */
public final class RefusedWrites {

    private static final long KEPT_FOR_NS = 60_000_000_000L;

    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Refused> last = new AtomicReference<>();

    public RefusedWrites() {
        this(System::nanoTime);
    }

    RefusedWrites(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Refused(String function, long at) {}

    /**
     * Notes that a call failed.
     *
     * @param state the SQLSTATE; another code or null count as no refusal
     */
    public void failed(FunctionCall call, @Nullable String state) {
        if (SqlState.isForAFullDisk(state)) {
            last.set(new Refused(call.function(), nanoTime.getAsLong()));
        }
    }

    /** Notes that a call succeeded. */
    public void succeeded(FunctionCall call) {
        Refused refused = last.get();
        if (refused != null && refused.function().equals(call.function())) {
            last.compareAndSet(refused, null);
        }
    }

    /** Whether a call of the last minute was refused because the disk is full, and has not succeeded since. */
    public boolean diskFull() {
        Refused refused = last.get();
        return refused != null && nanoTime.getAsLong() - refused.at() < KEPT_FOR_NS;
    }
}
