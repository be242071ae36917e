package dev.rollcall.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A piece of work that is offered to a spare thread and otherwise done by whoever needs its result. Whoever begins it
 * first does it, so nobody waits for a thread that never comes to it.
 */
final class Aside<T> {

    private final AtomicBoolean begun = new AtomicBoolean();
    private final FutureTask<T> task;

    private Aside(Supplier<T> work) {
        task = new FutureTask<>(work::get);
    }

    /**
     * Offers work.
     *
     * @param spare runs it soon, late, never, or refuses by {@link RejectedExecutionException}
     */
    static <T> Aside<T> offered(Executor spare, Supplier<T> work) {
        Aside<T> aside = new Aside<>(work);
        try {
            spare.execute(aside::begin);
        } catch (RejectedExecutionException e) {
            return aside;
        }
        return aside;
    }

    private void begin() {
        if (begun.compareAndSet(false, true)) {
            task.run();
        }
    }

    /** The result; works for it here unless that has begun elsewhere. What the work threw is thrown. */
    T result() {
        begin();
        try {
            return awaited();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a part of the analysis failed", e);
        }
    }

    /** Sees to it that the work neither goes on nor begins behind this call; its result is no longer wanted. */
    void settle() {
        if (begun.compareAndSet(false, true)) {
            task.cancel(false);
            return;
        }
        try {
            awaited();
        } catch (ExecutionException | CancellationException e) {
            // Whoever wanted the result has been told; nobody else does.
        }
    }

    /** Waits through interrupts: the work uses buffers that the caller is about to hand on. */
    private T awaited() throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
