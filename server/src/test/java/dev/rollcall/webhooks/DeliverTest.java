package dev.rollcall.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rollcall.webhooks.Delivery.DeliveryProblem;
import dev.rollcall.webhooks.Delivery.DeliveryState;
import dev.rollcall.webhooks.Outbox.Lease;
import dev.rollcall.webhooks.Outbox.Outcome;
import dev.rollcall.webhooks.Outbox.Taken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The turn of an endpoint. */
class DeliverTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Lease LEASE = new Lease("a", Duration.ofSeconds(60));
    private static final WebhookSecret SECRET = new WebhookSecret(new byte[] {1, 2, 3});

    private final OutboxInMemory outbox = new OutboxInMemory();
    private final List<String> sent = new ArrayList<>();
    private final List<Map<String, String>> headers = new ArrayList<>();

    /** Sends the events of a turn; an answer for the id of each event, 204 otherwise. */
    private void turn(Map<String, Answer> answers, Delivery... deliveries) {
        Sending sending = (url, given, body) -> {
            String id = given.get("webhook-id");
            sent.add(id);
            headers.add(given);
            assertThat(new String(body, StandardCharsets.UTF_8)).contains("\"id\":\"" + id + "\"");
            return answers.getOrDefault(id, status(204));
        };
        Taken taken = new Taken(
                "0123456789ab",
                "https://hook.example.com/",
                List.of(SECRET),
                Webhook.Failures.NONE,
                List.of(deliveries));
        new Deliver(outbox, sending, Clock.fixed(NOW, ZoneOffset.UTC)).turn(taken, LEASE);
    }

    private static Answer status(int code) {
        return new Answer.Status(code, Optional.empty());
    }

    private static Delivery waiting(long id, String person) {
        Event event =
                new Event("e" + id, "mark.created", NOW, "default", person, JsonNodeFactory.instance.objectNode());
        return new Delivery(id, event, "person " + person, DeliveryState.WAITING, Delivery.Attempts.NONE, NOW);
    }

    private List<DeliveryState> states() {
        return outbox.finished().stream().map(Outcome::state).toList();
    }

    @Test
    void events_areSentInTheirOrderAndTheLeaseEnds() {
        turn(Map.of(), waiting(1, "ann"), waiting(2, "bob"), waiting(3, "ann"));

        assertThat(sent).containsExactly("e1", "e2", "e3");
        assertThat(states()).containsOnly(DeliveryState.DELIVERED).hasSize(3);
        assertThat(outbox.released()).containsExactly(LEASE);
        assertThat(headers.get(0))
                .containsEntry("Content-Type", "application/cloudevents+json")
                .containsEntry("webhook-timestamp", Long.toString(NOW.getEpochSecond()));
    }

    @Test
    void refusedEvent_holdsLaterOnesOfItsPersonAlone() {
        turn(Map.of("e1", status(422)), waiting(1, "ann"), waiting(2, "ann"), waiting(3, "bob"), waiting(4, "ann"));

        assertThat(sent).containsExactly("e1", "e3");
        assertThat(states()).containsExactly(DeliveryState.WAITING, DeliveryState.DELIVERED);
        assertThat(outbox.finished().get(0).endpoint()).isEqualTo(Webhook.Failures.NONE);
    }

    @Test
    void endpointThatFails_isLeftAlone() {
        turn(Map.of("e1", new Answer.Failed(DeliveryProblem.TIMED_OUT)), waiting(1, "ann"), waiting(2, "bob"));

        assertThat(sent).containsExactly("e1");
        assertThat(outbox.finished().get(0).endpoint().retryAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(outbox.released()).containsExactly(LEASE);
    }

    @Test
    void leaseThatIsLost_endsTheTurn() {
        outbox.lose();

        turn(Map.of(), waiting(1, "ann"), waiting(2, "bob"));

        assertThat(sent).containsExactly("e1");
    }
}
