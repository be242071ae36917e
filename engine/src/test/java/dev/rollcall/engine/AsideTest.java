package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class AsideTest {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicInteger times = new AtomicInteger();

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    @Test
    void spareThread_doesTheWork() {
        Thread here = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(1);
        Aside<Boolean> aside = Aside.offered(thread, () -> {
            begun.countDown();
            return Thread.currentThread() != here;
        });
        awaitUninterrupted(begun);

        assertThat(aside.result()).isTrue();
    }

    @Test
    void workThatNobodyTakes_isDoneWhereItsResultIsNeeded() {
        Executor refusing = work -> {
            throw new RejectedExecutionException();
        };

        assertThat(Aside.offered(refusing, times::incrementAndGet).result()).isEqualTo(1);
    }

    @Test
    void threadThatComesTooLate_findsNothingToDo() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        Aside<Integer> aside = Aside.offered(waiting::add, times::incrementAndGet);

        assertThat(aside.result()).isEqualTo(1);
        waiting.remove().run();
        assertThat(aside.result()).isEqualTo(1);
        assertThat(times).hasValue(1);
    }

    @Test
    void settledWork_neverBegins() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        Aside<Integer> aside = Aside.offered(waiting::add, times::incrementAndGet);

        aside.settle();
        waiting.remove().run();
        aside.settle();

        assertThat(times).hasValue(0);
    }

    @Test
    void settling_waitsForWorkUnderWayAlsoWhenInterrupted() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Aside<Integer> aside = Aside.offered(thread, () -> {
            begun.countDown();
            awaitUninterrupted(mayEnd);
            return times.incrementAndGet();
        });
        begun.await();
        Thread.currentThread().interrupt();
        thread.shutdown();
        Thread ender = new Thread(mayEnd::countDown);
        ender.start();

        aside.settle();

        assertThat(times).hasValue(1);
        assertThat(Thread.interrupted()).isTrue();
        ender.join();
        assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatTheWorkThrows_isThrownToWhoeverNeedsTheResultAlone() {
        Aside<Integer> aside = Aside.offered(thread, () -> {
            throw new EngineException("broken", new IllegalStateException());
        });

        assertThatThrownBy(aside::result).isInstanceOf(EngineException.class).hasMessage("broken");
        aside.settle();
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
