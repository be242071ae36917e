package dev.rollcall.webhooks;

import dev.rollcall.keys.By;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The store of endpoints and of what became of events. Each change appends an entry to the audit log, in the same transaction. Every
 * method may throw {@link StoreUnavailableException}.
 */
public interface WebhookStore {

    /** All endpoints, the oldest first. */
    List<Webhook> webhooks();

    Optional<Webhook> find(String id);

    /** Adds an endpoint; empty if there are {@code most} already. */
    Optional<Webhook> create(String id, NewWebhook wanted, WebhookSecret secret, int most, By by);

    Optional<Webhook> change(String id, Change change, By by);

    /** Removes an endpoint; false if there is none. */
    boolean delete(String id, By by);

    /** Replaces the secret; the one before signs too until an instant. */
    Optional<Webhook> rotate(String id, WebhookSecret secret, Instant oldUntil, By by);

    /**
     * Encrypts the secrets under the present key, or decrypts them if there is none; removes old ones that no longer sign, or can't be
     * opened. Returns how many endpoints' secrets it changed.
     *
     * @throws IllegalStateException if a secret can't be opened; it says of which webhook
     */
    long reseal(By by);

    /** Writes an event for this endpoint alone; returns the id of its delivery. */
    OptionalLong test(String id, By by);

    /** Deliveries of an endpoint, the latest first. */
    List<Delivery> deliveries(Query query);

    /** Lets deliveries wait again; returns how many, or nothing if there is no such endpoint. */
    OptionalLong replay(String id, Replay replay, By by);

    /** An endpoint that is to be added; no events for all. */
    record NewWebhook(String name, String url, List<EventKind> events) {

        public NewWebhook {
            events = List.copyOf(events);
        }
    }

    /** What changes; null for what stays. */
    record Change(
            @Nullable String name,
            @Nullable String url,
            @Nullable List<EventKind> events,
            Webhook.@Nullable WebhookState state) {}

    /**
     * A page of deliveries.
     *
     * @param state null for all
     * @param before the id of the last one of the page before, or null for the first page
     */
    record Query(
            String webhook,
            Delivery.@Nullable DeliveryState state,
            @Nullable Long before,
            int limit) {}

    /** Which deliveries are made again. */
    sealed interface Replay {

        record One(long delivery) implements Replay {}

        /**
         * Those of events from an instant on.
         *
         * @param delivered also those that were delivered, and not only those that were given up
         */
        record Since(Instant since, boolean delivered) implements Replay {}
    }
}
