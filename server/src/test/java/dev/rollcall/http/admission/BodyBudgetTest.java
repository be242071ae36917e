package dev.rollcall.http.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.BodyInput;
import dev.rollcall.outcome.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {

    private static final int MEGABYTE = 1_000_000;
    private static final int LARGEST = 8 * MEGABYTE;

    /** Large pictures have 12 MB beside the room for a copy, small ones 5 MB. */
    private final BodyBudget budget = new BodyBudget(new RequestLimits(LARGEST, 25L * MEGABYTE));

    @Test
    void smallPicture_hasRoomBesideTheLargestOnes() throws InterruptedException {
        try (BodyLease first = budget.reserve(LARGEST, LARGEST).orElseThrow();
                BodyLease small = budget.reserve(100_000, 100_000).orElseThrow()) {
            assertThat(first).isNotSameAs(small);
            assertThat(budget.reserve(LARGEST, LARGEST)).isEmpty();
        }
    }

    @Test
    void room_isGivenBack() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            try (BodyLease lease = budget.reserve(-1, -1).orElseThrow()) {
                lease.read(LARGEST);
            }
        }
    }

    @Test
    void whatAPictureDoesNotNeed_isGivenBackOnceItIsRead() throws InterruptedException {
        try (BodyLease first = budget.reserve(LARGEST, LARGEST).orElseThrow()) {
            first.read(2 * MEGABYTE);
            try (BodyLease second = budget.reserve(LARGEST, LARGEST).orElseThrow()) {
                assertThat(second).isNotSameAs(first);
            }
        }
    }

    @Test
    void slowSender_losesItsRoomToWhoeverWaits() throws Exception {
        PipedOutputStream sender = new PipedOutputStream();
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> {
            try (BodyLease lease = budget.reserve(LARGEST, LARGEST).orElseThrow();
                    InputStream body = new BodyInput(new PipedInputStream(sender), LARGEST, lease)) {
                reading.countDown();
                assertThatThrownBy(body::readAllBytes).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(
                                e.refusal().code())
                        .isEqualTo(Code.OVERLOADED));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(Thread.interrupted()).isFalse();
        });
        reading.await();
        while (!slow.isDone()) {
            budget.revokeSlowest();
            Thread.sleep(20);
        }

        slow.get();
        try (BodyLease lease = budget.reserve(LARGEST, LARGEST).orElseThrow()) {
            assertThat(lease).isNotNull();
        }
    }

    @Test
    void pictureOfNoRequest_isReservedOnlyIfMemoryIsFree() throws InterruptedException {
        try (BodyLease first = budget.reserve(LARGEST, LARGEST).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(budget.reserveIfFree(LARGEST)).isEmpty();
        }
        for (int i = 0; i < 100; i++) {
            budget.reserveIfFree(LARGEST).orElseThrow().close();
            budget.reserveIfFree(100_000).orElseThrow().close();
        }
    }

    @Test
    void pictureOfNoRequest_getsNothingWhileARequestWaits() throws Exception {
        BodyLease first = budget.reserve(LARGEST, LARGEST).orElseThrow();
        Thread waiting = new Thread(() -> {
            try (BodyLease second = budget.reserve(LARGEST, LARGEST).orElseThrow()) {
                assertThat(second).isNotNull();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(5);
        }

        assertThat(budget.reserveIfFree(3 * MEGABYTE)).isEmpty();
        first.close();
        waiting.join();
        budget.reserveIfFree(3 * MEGABYTE).orElseThrow().close();
    }
}
