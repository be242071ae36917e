package dev.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.Sweeper.Job;
import dev.rollcall.outcome.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SweeperTest {

    @Test
    void everyJob_isDoneAtTheStartAlsoBehindOnesThatFail() throws Exception {
        CompletableFuture<Thread> done = new CompletableFuture<>();
        List<Job> jobs = List.of(
                new Job("ask a store that is away", 1, () -> {
                    throw new StoreUnavailableException("away", true, null);
                }),
                new Job("fail", 24, () -> {
                    throw new IllegalStateException("broken");
                }),
                new Job("tell", 24, () -> done.complete(Thread.currentThread())));

        try (Sweeper sweeper = new Sweeper(jobs)) {
            sweeper.start();

            Thread thread = done.get();
            assertThat(thread.getName()).isEqualTo("sweeper");
            assertThat(thread.isDaemon()).isTrue();
        }
        done.get().join();
    }
}
