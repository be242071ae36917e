package dev.rollcall.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.EngineException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StealableTaskTest {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicInteger times = new AtomicInteger();

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    @Test
    void helper_computesTheResult() {
        Thread here = Thread.currentThread();
        CountDownLatch started = new CountDownLatch(1);
        StealableTask<Boolean> task = StealableTask.offered(thread, () -> {
            started.countDown();
            return Thread.currentThread() != here;
        });
        awaitUninterrupted(started);

        assertThat(task.result()).isTrue();
    }

    @Test
    void refusedTask_isComputedByTheCaller() {
        Executor refusing = work -> {
            throw new RejectedExecutionException();
        };

        assertThat(StealableTask.offered(refusing, times::incrementAndGet).result())
                .isEqualTo(1);
    }

    @Test
    void lateHelper_doesNotComputeAgain() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        StealableTask<Integer> task = StealableTask.offered(waiting::add, times::incrementAndGet);

        assertThat(task.result()).isEqualTo(1);
        waiting.remove().run();
        assertThat(task.result()).isEqualTo(1);
        assertThat(times).hasValue(1);
    }

    @Test
    void cancelledTask_neverStarts() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        StealableTask<Integer> task = StealableTask.offered(waiting::add, times::incrementAndGet);

        task.cancelOrAwait();
        waiting.remove().run();
        task.cancelOrAwait();

        assertThat(times).hasValue(0);
    }

    @Test
    void cancelOrAwait_waitsForAStartedTaskAlsoWhenInterrupted() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        StealableTask<Integer> task = StealableTask.offered(thread, () -> {
            started.countDown();
            awaitUninterrupted(mayEnd);
            return times.incrementAndGet();
        });
        started.await();
        Thread.currentThread().interrupt();
        thread.shutdown();
        Thread ender = new Thread(mayEnd::countDown);
        ender.start();

        task.cancelOrAwait();

        assertThat(times).hasValue(1);
        assertThat(Thread.interrupted()).isTrue();
        ender.join();
        assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void failure_isThrownByResultAlone() {
        StealableTask<Integer> task = StealableTask.offered(thread, () -> {
            throw new EngineException("broken", new IllegalStateException());
        });

        assertThatThrownBy(task::result).isInstanceOf(EngineException.class).hasMessage("broken");
        task.cancelOrAwait();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
