package dev.rollcall.engine.onnx.compute;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that compute one run: the one that needs the result, and those of a helper that are idle. No thread waits for one
 * that hasn't begun: the caller takes every part that no other has taken.
 */
final class Team {

    private static final int MOST_ASSISTANTS = Runtime.getRuntime().availableProcessors() - 1;

    /** How many steps that can be shared pass after the helper has refused, until it is asked again. */
    private static final int STEPS_AFTER_REFUSAL = 8;

    /** How long an assistant that finds no part looks for one before it leaves. */
    private static final long PATIENCE_NANOS = 200_000;

    private final Executor helper;
    private final Scratches scratches;
    private final AtomicInteger invited = new AtomicInteger();
    private volatile @Nullable SharedStep current;
    private volatile boolean ended;
    private int stepsToSkip;

    /**
     * Describes the threads.
     *
     * @param helper runs work on an idle thread, or refuses it by {@link RejectedExecutionException}
     * @param scratches the memory that each thread takes
     */
    Team(Executor helper, Scratches scratches) {
        this.helper = helper;
        this.scratches = scratches;
    }

    /** Computes a step: in parts, if another thread is there to compute some of them or may come meanwhile. */
    void run(BoundStep step, Scratch own) {
        if (step.parts() == 1) {
            step.run(0, 1, own);
            return;
        }
        invite();
        if (invited.get() == 0) {
            step.run(0, 1, own);
            return;
        }
        SharedStep shared = new SharedStep(step);
        current = shared;
        while (shared.runNext(own)) {
            // Until all parts are taken.
        }
        shared.await();
    }

    /** Lets the other threads go. */
    void end() {
        ended = true;
    }

    private void invite() {
        if (stepsToSkip > 0) {
            stepsToSkip--;
        } else if (invited.get() < MOST_ASSISTANTS) {
            invited.incrementAndGet();
            try {
                helper.execute(this::assist);
            } catch (RejectedExecutionException e) {
                invited.decrementAndGet();
                stepsToSkip = STEPS_AFTER_REFUSAL;
            }
        }
    }

    private void assist() {
        if (ended) {
            return;
        }
        Scratch scratch = scratches.take();
        try {
            long last = System.nanoTime();
            while (!ended && System.nanoTime() - last < PATIENCE_NANOS) {
                SharedStep step = current;
                if (step != null && step.runNext(scratch)) {
                    last = System.nanoTime();
                } else {
                    Thread.onSpinWait();
                }
            }
        } finally {
            invited.decrementAndGet();
            scratches.giveBack(scratch);
        }
    }
}
