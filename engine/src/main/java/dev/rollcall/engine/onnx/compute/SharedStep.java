package dev.rollcall.engine.onnx.compute;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A step whose parts are computed by several threads. Each part is taken by one of them. */
final class SharedStep {

    private static final int SPINS = 1_000;
    private static final long PAUSE_NANOS = 20_000;

    private final BoundStep step;
    private final int parts;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    SharedStep(BoundStep step) {
        this.step = step;
        parts = step.parts();
    }

    /** Computes the next part, if there is one that no thread has taken. */
    boolean runNext(Scratch scratch) {
        if (taken.get() >= parts) {
            return false;
        }
        int part = taken.getAndIncrement();
        if (part >= parts) {
            return false;
        }
        try {
            step.run(part, parts, scratch);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        } finally {
            done.incrementAndGet();
        }
        return true;
    }

    /** Waits until all parts are computed, after all have been taken. Throws what computing one has thrown. */
    void await() {
        for (int i = 0; done.get() < parts; i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw new IllegalStateException("a part of a step failed", thrown);
        }
    }
}
