package dev.rollcall.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rollcall.webhooks.Outbox.Lease;
import dev.rollcall.webhooks.Outbox.Taken;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The thread that delivers what is due. */
class DeliveryLoopTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Answer DONE = new Answer.Status(204, Optional.empty());

    private final OutboxInMemory outbox = new OutboxInMemory();
    private final BlockingQueue<URI> sent = new LinkedBlockingQueue<>();

    /** An endpoint with one event. */
    private static Taken taken(String host) {
        Event event = new Event("e", "mark.created", NOW, null, "ann", JsonNodeFactory.instance.objectNode());
        return new Taken(
                host,
                "https://" + host + "/",
                List.of(new WebhookSecret(new byte[] {1})),
                Webhook.Failures.NONE,
                List.of(new Delivery(
                        1, event, "person ann", Delivery.DeliveryState.WAITING, Delivery.Attempts.NONE, NOW)));
    }

    private DeliveryLoop started(Sending sending) {
        DeliveryLoop loop = new DeliveryLoop(outbox, sending, Clock.systemUTC());
        loop.start();
        return loop;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int tries = 0; tries < 3_000 && !condition.getAsBoolean(); tries++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private Answer send(URI url) {
        sent.add(url);
        return DONE;
    }

    @Test
    void eachTurn_hasALeaseOfItsOwn() throws Exception {
        outbox.put(taken("one.example.com"));
        outbox.put(taken("two.example.com"));

        try (DeliveryLoop loop = started((url, headers, body) -> send(url))) {
            await(() -> outbox.released().size() == 2);
        }

        assertThat(outbox.leases())
                .extracting(Lease::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(outbox.released()).containsExactlyInAnyOrderElementsOf(outbox.leases());
    }

    @Test
    void databaseThatIsAway_stopsTheDeliveryUntilItIsBack() throws Exception {
        outbox.setAway(true);
        outbox.put(taken("one.example.com"));

        try (DeliveryLoop loop = started((url, headers, body) -> send(url))) {
            loop.wake();
            assertThat(sent.poll(300, TimeUnit.MILLISECONDS)).isNull();
            outbox.setAway(false);
            loop.wake();
            await(() -> outbox.released().size() == 1);
        }

        assertThat(sent).hasSize(1);
    }

    @Test
    void databaseThatGoesAwayDuringAnAttempt_endsTheTurnWhoseLeaseIsGivenBack() throws Exception {
        outbox.failOnce();
        outbox.put(taken("one.example.com"));

        try (DeliveryLoop loop = started((url, headers, body) -> send(url))) {
            await(() -> sent.size() == 1);
            await(() -> {
                loop.wake();
                return outbox.released().size() == 1;
            });
            assertThat(outbox.finished()).isEmpty();
            outbox.put(taken("two.example.com"));
            loop.wake();
            await(() -> outbox.finished().size() == 1);
        }

        assertThat(sent).hasSize(2);
        assertThat(outbox.released().get(0)).isEqualTo(outbox.leases().get(0));
    }

    @Test
    void slowReceivers_takeFourPlacesAndNoMore() throws Exception {
        for (int number = 0; number < 6; number++) {
            outbox.put(taken("host" + number + ".example.com"));
        }
        CountDownLatch fourAreSent = new CountDownLatch(4);
        Semaphore answers = new Semaphore(0);

        try (DeliveryLoop loop = started((url, headers, body) -> {
            sent.add(url);
            fourAreSent.countDown();
            answers.acquireUninterruptibly();
            return DONE;
        })) {
            assertThat(fourAreSent.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(outbox.leases()).hasSize(4);
            answers.release(1);
            await(() -> outbox.leases().size() == 5);
            answers.release(10);
            await(() -> outbox.released().size() == 6);
        }

        assertThat(sent).hasSize(6);
    }

    @Test
    void failureOfOneTurn_leavesItsPlaceToOthers() throws Exception {
        for (int number = 0; number < 6; number++) {
            outbox.put(taken("bad" + number + ".example.com"));
        }
        outbox.put(taken("good.example.com"));

        try (DeliveryLoop loop = started((url, headers, body) -> {
            if (url.getHost().startsWith("bad")) {
                throw new IllegalStateException("of the test");
            }
            return send(url);
        })) {
            await(() -> outbox.finished().size() == 1);
        }

        assertThat(sent).containsExactly(URI.create("https://good.example.com/"));
    }
}
