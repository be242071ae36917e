package dev.rollcall.background;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.background.RepeatingThread.Pauses;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RepeatingThreadTest {

    private static final Pauses NONE = new Pauses(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private static RepeatingThread started(Pauses pauses, RepeatingThread.Work work) {
        RepeatingThread thread =
                new RepeatingThread(RepeatingThreadTest.class, "repeating", "the work can't be done", pauses, work);
        thread.start();
        return thread;
    }

    @Test
    void workThatFails_isTriedAgain() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch fourth = new CountDownLatch(4);
        RepeatingThread.Work failing = () -> {
            fourth.countDown();
            switch (runs.incrementAndGet()) {
                case 1 -> throw new StoreUnavailableException("gone", true, null);
                case 2 -> throw new IllegalStateException("broken");
                default -> {}
            }
        };

        try (RepeatingThread thread = started(NONE, failing)) {
            fourth.await();
            assertThat(thread).isNotNull();
        }
    }

    @Test
    void closedThread_ends() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);

        RepeatingThread thread = started(NONE, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
        });
        begun.await();
        thread.close();

        interrupted.await();
    }

    @Test
    void work_beginsAfterThePauseAtTheStart() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();

        try (RepeatingThread thread =
                started(new Pauses(Duration.ofHours(1), Duration.ZERO, Duration.ZERO), runs::incrementAndGet)) {
            Thread.sleep(50);
            assertThat(runs).as("%s", thread).hasValue(0);
        }
    }
}
