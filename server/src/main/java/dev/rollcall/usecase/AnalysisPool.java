package dev.rollcall.usecase;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.StageListener;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Admission to the engine: as many analyses at once as there are threads, a bounded queue behind them, and refusal
 * beyond. The analysis threads do nothing else, so that waiting for a database never idles a core. Safe for use by
 * several threads.
 */
public final class AnalysisPool implements AutoCloseable {

    private final FaceEngine engine;
    private final StageListener stages;
    private final ThreadPoolExecutor threads;

    /**
     * Starts the threads.
     *
     * @param threads analyses at once, at least 1
     * @param queue analyses that may wait, at least 1
     * @param stages hears how long each stage of an analysis takes
     */
    public AnalysisPool(FaceEngine engine, int threads, int queue, StageListener stages) {
        this.engine = engine;
        this.stages = stages;
        AtomicInteger number = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), task -> {
                    Thread thread = new Thread(task, "analysis-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        this.threads.prestartAllCoreThreads();
    }

    /** Analyses a picture and waits for the result; empty when too many are waiting already. */
    public Optional<Analysis> analyze(byte[] picture, AnalysisRules rules) {
        Future<Analysis> pending;
        try {
            pending = threads.submit(() -> engine.analyze(picture, rules, stages));
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(pending.get());
        } catch (InterruptedException e) {
            pending.cancel(false);
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the analysis failed", e.getCause());
        }
    }

    /** Whether an analysis would be refused now. */
    public boolean isFull() {
        return threads.getQueue().remainingCapacity() == 0;
    }

    /** How many analyses wait for a thread. */
    public int waiting() {
        return threads.getQueue().size();
    }

    /** How many analyses are under way. */
    public int running() {
        return threads.getActiveCount();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
