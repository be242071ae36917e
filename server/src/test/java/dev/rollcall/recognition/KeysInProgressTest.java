package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeysInProgressTest {

    private final KeysInProgress keys = new KeysInProgress();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void secondWorkOfAKey_waitsForTheFirstAndOtherKeysDoNot() throws Exception {
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        CountDownLatch firstHasBegun = new CountDownLatch(1);
        CompletableFuture<Boolean> firstHasEnded = new CompletableFuture<>();
        Future<String> first = threads.submit(() -> keys.runAfterFirst("a", () -> {
            firstHasBegun.countDown();
            await(firstMayEnd);
            firstHasEnded.complete(true);
            return "first";
        }));
        firstHasBegun.await();

        Future<Boolean> second = threads.submit(() -> keys.runAfterFirst("a", firstHasEnded::isDone));
        assertThat(keys.<String>runAfterFirst("b", () -> "other")).isEqualTo("other");
        firstMayEnd.countDown();

        assertThat(first.get()).isEqualTo("first");
        assertThat(second.get()).isTrue();
    }

    @Test
    void keyWhoseWorkFailed_isFreeAgain() {
        assertThatThrownBy(() -> keys.runAfterFirst("a", () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(keys.<Integer>runAfterFirst("a", () -> 7)).isEqualTo(7);
        assertThat(keys.<Integer>runAfterFirst("a", () -> 8)).isEqualTo(8);
    }

    @Test
    void workThatWaitedForOneThatFailed_isDone() throws Exception {
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        CountDownLatch firstHasBegun = new CountDownLatch(1);
        Future<String> first = threads.submit(() -> keys.runAfterFirst("a", () -> {
            firstHasBegun.countDown();
            await(firstMayEnd);
            throw new IllegalStateException("broken");
        }));
        firstHasBegun.await();
        Future<String> second = threads.submit(() -> keys.runAfterFirst("a", () -> "second"));
        firstMayEnd.countDown();

        assertThat(second.get()).isEqualTo("second");
        assertThatThrownBy(first::get).hasRootCauseMessage("broken");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
