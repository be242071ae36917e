package dev.rollcall.webhooks;

import dev.rollcall.webhooks.Delivery.Attempts;
import dev.rollcall.webhooks.Outbox.Lease;
import dev.rollcall.webhooks.Outbox.Outcome;
import dev.rollcall.webhooks.Outbox.Taken;
import dev.rollcall.webhooks.RetryRules.Consequence;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The turn of one endpoint: its events one after the other. After one that was refused, later ones of the same subject are left; if the
 * endpoint failed, all are. Safe for use by several threads.
 */
final class Deliver {

    /** A turn begins no attempt after this time, so that others have theirs. */
    private static final Duration TURN = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final Sending sending;
    private final Clock clock;

    Deliver(Outbox outbox, Sending sending, Clock clock) {
        this.outbox = outbox;
        this.sending = sending;
        this.clock = clock;
    }

    /** Delivers what is due, and ends the lease. */
    void turn(Taken taken, Lease lease) {
        Set<String> held = new HashSet<>();
        Webhook.Failures failures = taken.failures();
        long end = System.nanoTime() + TURN.toNanos();
        for (Delivery delivery : taken.deliveries()) {
            if (held.contains(delivery.subject())) {
                continue;
            }
            Consequence consequence = attempt(taken, delivery, failures, lease);
            if (consequence == null) {
                break;
            }
            failures = consequence.endpoint();
            if (consequence.state() == Delivery.DeliveryState.WAITING) {
                held.add(delivery.subject());
            }
            if (failures.retryAt() != null || System.nanoTime() > end) {
                break;
            }
        }
        outbox.release(taken.id(), lease);
    }

    /** Makes an attempt and notes it; null if the turn ends with it. */
    private @Nullable Consequence attempt(Taken taken, Delivery delivery, Webhook.Failures failures, Lease lease) {
        Instant start = clock.instant();
        long startNanos = System.nanoTime();
        byte[] body = delivery.event().json();
        Answer answer = sending.post(URI.create(taken.url()), headers(taken, delivery, start, body), body);
        int millis = (int) Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
        Instant now = clock.instant();
        Consequence consequence = RetryRules.after(answer, failures, delivery.attempts(), now);
        Attempts noted = new Attempts(
                delivery.attempts().count() + 1,
                Optional.ofNullable(delivery.attempts().firstAt()).orElse(start),
                now,
                consequence.status(),
                consequence.problem(),
                millis);
        boolean goesOn = outbox.finish(
                taken,
                lease,
                delivery,
                new Outcome(
                        consequence.state(), Optional.ofNullable(consequence.nextAt()), noted, consequence.endpoint()),
                now);
        return goesOn ? consequence : null;
    }

    private static Map<String, String> headers(Taken taken, Delivery delivery, Instant at, byte[] body) {
        String id = delivery.event().id();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", Event.MEDIA_TYPE);
        headers.put("User-Agent", "Rollcall");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(at.getEpochSecond()));
        headers.put("webhook-signature", Signature.of(taken.secrets(), id, at, body));
        return headers;
    }
}
