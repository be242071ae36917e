package dev.rollcall.webhooks;

import dev.rollcall.webhooks.Delivery.Attempts;
import dev.rollcall.webhooks.Outbox.Lease;
import dev.rollcall.webhooks.Outbox.Outcome;
import dev.rollcall.webhooks.Outbox.Taken;
import dev.rollcall.webhooks.RetryRules.Verdict;
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
 * The turn of one endpoint: its events one after the other. After one that failed, later ones of the same subject are left; if the
 * endpoint is to be left alone for a while, all are. Safe for use by several threads.
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

    /**
     * Delivers what is due.
     *
     * @param extension how long the lease holds after each attempt
     */
    void turn(Taken taken, Lease lease, Duration extension) {
        Set<String> held = new HashSet<>();
        Webhook.Trouble trouble = taken.trouble();
        long end = System.nanoTime() + TURN.toNanos();
        for (Delivery delivery : taken.deliveries()) {
            if (held.contains(delivery.subject())) {
                continue;
            }
            Verdict verdict = attempt(taken, delivery, trouble, lease, extension);
            if (verdict == null) {
                break;
            }
            trouble = verdict.endpoint();
            if (verdict.state() == Delivery.DeliveryState.WAITING) {
                held.add(delivery.subject());
            }
            if (trouble.retryAt() != null || System.nanoTime() > end) {
                break;
            }
        }
        outbox.release(taken.id(), lease);
    }

    /** Makes an attempt and notes it; null if the turn ends with it. */
    private @Nullable Verdict attempt(
            Taken taken, Delivery delivery, Webhook.Trouble trouble, Lease lease, Duration extension) {
        Instant start = clock.instant();
        long startNanos = System.nanoTime();
        byte[] body = delivery.event().json();
        Answer answer = sending.post(URI.create(taken.url()), headers(taken, delivery, start, body), body);
        int millis = (int) Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
        Instant now = clock.instant();
        Verdict verdict = RetryRules.after(answer, trouble, delivery.attempts(), now);
        Attempts noted = new Attempts(
                delivery.attempts().count() + 1,
                Optional.ofNullable(delivery.attempts().firstAt()).orElse(start),
                now,
                verdict.status(),
                verdict.problem(),
                millis);
        boolean goesOn = outbox.finish(
                taken,
                new Lease(lease.holder(), now.plus(extension)),
                delivery,
                new Outcome(verdict.state(), Optional.ofNullable(verdict.nextAt()), noted, verdict.endpoint()),
                now);
        return goesOn ? verdict : null;
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
