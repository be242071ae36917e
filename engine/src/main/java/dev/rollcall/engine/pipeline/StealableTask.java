package dev.rollcall.engine.pipeline;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A computation that a helper thread may take over from the thread that needs its result. Whichever thread starts it
 * first runs it, so nobody waits for a helper that is busy. It runs at most once.
 */
final class StealableTask<T> {

    private final AtomicBoolean started = new AtomicBoolean();
    private final FutureTask<T> task;

    private StealableTask(Supplier<T> work) {
        task = new FutureTask<>(work::get);
    }

    /**
     * Offers a computation to a helper.
     *
     * @param helper runs it soon, late, never, or refuses it by {@link RejectedExecutionException}
     */
    static <T> StealableTask<T> offered(Executor helper, Supplier<T> work) {
        StealableTask<T> task = new StealableTask<>(work);
        try {
            helper.execute(task::startOnce);
        } catch (RejectedExecutionException e) {
            return task;
        }
        return task;
    }

    private void startOnce() {
        if (started.compareAndSet(false, true)) {
            task.run();
        }
    }

    /** The result: computed on this thread, or awaited when the helper has started. Throws what the computation threw. */
    T result() {
        startOnce();
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

    /**
     * Cancels the computation if it hasn't started, otherwise waits for its end. After this call it doesn't run any
     * more. Its failure is ignored.
     */
    void cancelOrAwait() {
        if (started.compareAndSet(false, true)) {
            task.cancel(false);
            return;
        }
        try {
            awaited();
        } catch (ExecutionException | CancellationException e) {
            // Only result() reports failures.
        }
    }

    /** Waits through interrupts: the computation uses buffers that the caller is about to reuse. */
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
