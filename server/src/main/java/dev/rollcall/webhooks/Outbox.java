package dev.rollcall.webhooks;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The events that wait for their delivery. Whoever delivers leases an endpoint, so that of several instances one delivers to it at a time.
 * Every method may throw {@link StoreUnavailableException}.
 */
public interface Outbox {

    /**
     * Leases an endpoint for which events are due, with the first of these. One whose secret can't be opened is disabled instead.
     *
     * @param limit most events, at least 1
     */
    Turn take(Lease lease, int limit, Instant now);

    /**
     * Notes an attempt, and extends the lease by its length from now on.
     *
     * @return whether the endpoint is still leased and enabled; without a lease nothing is noted
     */
    boolean finish(Taken taken, Lease lease, Delivery delivery, Outcome outcome, Instant now);

    /** Ends a lease. */
    void release(String webhook, Lease lease);

    /**
     * A lease of an endpoint.
     *
     * @param id differs for each turn
     * @param length how long it holds, from its beginning or extension on, by the database's clock; whole seconds, up to ten minutes
     */
    record Lease(String id, Duration length) {}

    /**
     * What there is to do.
     *
     * @param any whether there is an endpoint that gets events
     * @param taken empty if nothing is due
     */
    record Turn(boolean any, Optional<Taken> taken) {}

    /**
     * An endpoint with events that are due.
     *
     * @param secrets those that sign, the present one first
     */
    record Taken(
            String id, String url, List<WebhookSecret> secrets, Webhook.Failures failures, List<Delivery> deliveries) {

        public Taken {
            secrets = List.copyOf(secrets);
            deliveries = List.copyOf(deliveries);
        }
    }

    /** An attempt with what follows from it. */
    record Outcome(
            Delivery.DeliveryState state,
            Optional<Instant> nextAt,
            Delivery.Attempts attempt,
            Webhook.Failures endpoint) {}
}
