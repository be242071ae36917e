package dev.rollcall.http.api;

import dev.rollcall.webhooks.Delivery;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A delivery in responses, without what the event says. */
@Schema(name = "Delivery", description = "What became of an event at a webhook")
record DeliveryView(
        @Schema(description = "The delivery's id") long id,

        @Schema(description = "The event's id, which the receiver gets as webhook-id")
        String eventId,

        @Schema(description = "The kind of the event, or webhook.test")
        String event,

        @Schema(description = "When the event happened") Instant at,

        @Schema(description = "Whom the event concerns; null for nobody") @Nullable
        String userId,

        @Schema(implementation = Delivery.DeliveryState.class)
        String state,

        @Schema(description = "How many attempts there were, since it was replayed if it was")
        int attempts,

        @Schema(description = "When the last attempt was; null before the first") @Nullable
        Instant lastAt,

        @Schema(description = "When the next attempt may be made; null if it does not wait") @Nullable
        Instant nextAt,

        @Schema(description = "The HTTP status of the last answer; null without one") @Nullable
        Integer status,

        @Schema(
                implementation = Delivery.DeliveryProblem.class,
                description = "Why the last attempt failed; null if it did not")
        @Nullable
        String problem,

        @Schema(description = "How many milliseconds the last attempt took; null before the first") @Nullable
        Integer millis) {

    static DeliveryView example() {
        return new DeliveryView(
                12,
                "0b1f7c1e-5a7e-4b0d-9d3c-1f1f0a1f9a55",
                "mark.created",
                Instant.parse("2026-11-22T07:58:12.706280Z"),
                "geronimo",
                "waiting",
                2,
                Instant.parse("2026-11-22T07:58:18.950112Z"),
                Instant.parse("2026-11-22T07:58:48.950112Z"),
                503,
                "status",
                41);
    }

    static DeliveryView of(Delivery delivery) {
        Delivery.Attempts attempts = delivery.attempts();
        Delivery.DeliveryProblem problem = attempts.problem();
        return new DeliveryView(
                delivery.id(),
                delivery.event().id(),
                delivery.event().kind(),
                delivery.event().at(),
                delivery.event().userId(),
                delivery.state().text(),
                attempts.count(),
                attempts.lastAt(),
                delivery.state() == Delivery.DeliveryState.WAITING ? delivery.nextAt() : null,
                attempts.status(),
                problem == null ? null : problem.text(),
                attempts.millis());
    }
}
