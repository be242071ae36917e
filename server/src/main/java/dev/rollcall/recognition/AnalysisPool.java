package dev.rollcall.recognition;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.StageListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Admission to the engine: as many analyses at once as there are threads, a bounded queue behind them, and refusal
 * beyond. The analysis threads do nothing else, so that waiting for a database never idles a core. Safe for use by
 * several threads.
 */
public final class AnalysisPool implements PictureAnalyzer, AutoCloseable {

    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(10);

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

    @Override
    public Optional<PendingAnalysis> begin(byte[] picture, AnalysisRules rules) {
        FutureTask<Analysis> task = new FutureTask<>(() -> engine.analyze(picture, rules, stages, this::help));
        try {
            threads.execute(task);
            return Optional.of(new PooledAnalysis(task));
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
    }

    /** A part of an analysis for a thread that has nothing else to do; refused when there is none. */
    private void help(Runnable part) {
        if (!threads.getQueue().isEmpty() || threads.getActiveCount() >= threads.getCorePoolSize()) {
            throw new RejectedExecutionException("no thread is idle");
        }
        threads.execute(part);
    }

    private final class PooledAnalysis implements PendingAnalysis {

        private final FutureTask<Analysis> task;

        private PooledAnalysis(FutureTask<Analysis> task) {
            this.task = task;
        }

        @Override
        public Optional<Analysis> await() {
            try {
                return Optional.of(task.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the analysis failed", e.getCause());
            }
        }

        @Override
        public void close() {
            if (threads.remove(task)) {
                task.cancel(false);
            }
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

    /** Takes no more analyses, and waits for those that it has taken; after {@link #CLOSING_LIMIT} it gives them up. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSING_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
