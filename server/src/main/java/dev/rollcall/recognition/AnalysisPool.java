package dev.rollcall.recognition;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.FramePixels;
import dev.rollcall.engine.FrameRules;
import dev.rollcall.engine.FrameVerdict;
import dev.rollcall.engine.StageListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The thread pool of analyses: as many at once as there are threads, a bounded queue, and refusal beyond. The threads run
 * analyses only, so none of them ever waits for the database. Safe for use by several threads.
 */
public final class AnalysisPool implements PictureAnalyzer, FrameJudge, FrameReader, AutoCloseable {

    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(10);

    private final FaceEngine engine;
    private final StageListener stages;
    private final ThreadPoolExecutor threads;

    /**
     * Starts the threads.
     *
     * @param threads analyses at once, at least 1
     * @param queue capacity of the queue, at least 1
     * @param stages receives the duration of each stage of an analysis
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
        FutureTask<Analysis> task =
                new FutureTask<>(() -> engine.analyze(picture, rules, stages, this::runOnIdleThread));
        try {
            threads.execute(task);
            return Optional.of(new PooledAnalysis(task));
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
    }

    /** Judges a frame, unless {@link #takesFrames()} is false. */
    @Override
    public Optional<FrameVerdict> judge(byte[] frame, FrameRules rules) {
        if (!takesFrames()) {
            return Optional.empty();
        }
        return run(() -> engine.judge(frame, rules));
    }

    /** Reads a frame, unless {@link #takesFrames()} is false. */
    @Override
    public <T> Optional<T> read(byte[] frame, Function<FramePixels, T> reading) {
        return takesFrames() ? run(() -> engine.read(frame, reading)) : Optional.empty();
    }

    private <T> Optional<T> run(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        try {
            threads.execute(task);
            return awaited(task);
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
    }

    /** Whether so few tasks are queued that a picture that comes next hardly waits for frames. */
    public boolean takesFrames() {
        return waiting() < threads.getCorePoolSize();
    }

    private static <T> Optional<T> awaited(FutureTask<T> task) {
        try {
            return Optional.of(task.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the analysis failed", e.getCause());
        }
    }

    /** Runs a part of an analysis on an idle thread; rejected when there is none. */
    private void runOnIdleThread(Runnable part) {
        if (!hasIdleThread()) {
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
            return awaited(task);
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

    /** Whether an analysis would begin at once. */
    public boolean hasIdleThread() {
        return threads.getQueue().isEmpty() && threads.getActiveCount() < threads.getCorePoolSize();
    }

    /** The number of queued analyses. */
    public int waiting() {
        return threads.getQueue().size();
    }

    /** The number of running analyses. */
    public int running() {
        return threads.getActiveCount();
    }

    /** Refuses further analyses, and waits for the accepted ones; after {@link #CLOSING_LIMIT} they are cancelled. */
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
