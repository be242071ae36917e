package dev.rollcall.http.api;

import dev.rollcall.webhooks.EventKind;
import dev.rollcall.webhooks.ManageWebhooks;
import dev.rollcall.webhooks.Webhook;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook in responses, without its secret. */
@Schema(name = "Webhook", description = "An address of another system that gets events")
record WebhookView(
        @Schema(description = "The webhook's id") String id,

        @Schema(description = "What it is for") String name,

        @Schema(description = "Where events are sent to") String url,

        @Schema(description = "The kinds of events that it gets; empty for all")
        List<String> events,

        @Schema(implementation = Webhook.WebhookState.class) String state,

        @Schema(description = "How many events wait for it, at most 1000")
        int waiting,

        @Schema(description = "How many attempts have failed since the last one that did not")
        int failures,

        @Schema(description = "When the first of these was; null without any") @Nullable
        Instant failingSince,

        @Schema(description = "When the next attempt may be made; null for at once") @Nullable
        Instant retryAt,

        @Schema(description = "Since when it is dead; null if it is not") @Nullable
        Instant deadSince,

        @Schema(description = "Why it is dead; null if it is not") @Nullable
        String deadReason,

        @Schema(description = "Until when the secret before signs too; null if none does") @Nullable
        Instant oldSecretUntil,

        @Schema(description = "When it was added") Instant createdAt,
        @Schema(description = "When it was changed last") Instant updatedAt) {

    static WebhookView example() {
        return new WebhookView(
                "5d0c1f9a37be",
                "payroll",
                "https://payroll.example.com/rollcall",
                List.of("mark.created", "mark.corrected"),
                "enabled",
                0,
                0,
                null,
                null,
                null,
                null,
                null,
                Instant.parse("2026-11-20T09:12:44.120551Z"),
                Instant.parse("2026-11-20T09:12:44.120551Z"));
    }

    static WebhookView of(Webhook webhook) {
        Webhook.Failures failures = webhook.failures();
        return new WebhookView(
                webhook.id(),
                webhook.name(),
                webhook.url(),
                webhook.events().stream().map(EventKind::text).toList(),
                webhook.state().text(),
                webhook.waiting(),
                failures.count(),
                failures.since(),
                failures.retryAt(),
                failures.deadSince(),
                failures.deadReason(),
                webhook.oldSecretUntil(),
                webhook.createdAt(),
                webhook.updatedAt());
    }

    /** A webhook with a new secret. */
    @Schema(name = "WebhookWithSecret", description = "A webhook with its new secret")
    record WithSecret(
            @Schema(description = "The webhook") WebhookView webhook,

            @Schema(description = "The secret that signs its events; only this response has it")
            String secret) {

        static WithSecret example() {
            return new WithSecret(WebhookView.example(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwmfKQ9r8GKYo=");
        }

        static WithSecret of(ManageWebhooks.WithSecret made) {
            return new WithSecret(WebhookView.of(made.webhook()), made.secret().text());
        }
    }
}
