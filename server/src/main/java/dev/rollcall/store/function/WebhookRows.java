package dev.rollcall.store.function;

import dev.rollcall.webhooks.Delivery;
import dev.rollcall.webhooks.Event;
import dev.rollcall.webhooks.EventKind;
import dev.rollcall.webhooks.Webhook;

/** Webhooks and deliveries as the schema's functions return them. */
final class WebhookRows {

    private WebhookRows() {}

    /** What the secret of a webhook is sealed for. */
    static String purpose(String id) {
        return "the secret of webhook " + id;
    }

    static Webhook webhook(AnswerRow row) {
        return new Webhook(
                row.text("id"),
                row.text("name"),
                row.text("url"),
                row.texts("events").stream().map(WebhookRows::kind).toList(),
                row.constant("state", Webhook.WebhookState.class),
                failures(row),
                row.integer("waiting"),
                row.instantOrNull("old_secret_until"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    /** No kind is left out: without any, a webhook gets all. */
    private static EventKind kind(String text) {
        return EventKind.parse(text)
                .orElseThrow(() -> new IllegalStateException("a webhook wants events of an unknown kind: " + text));
    }

    static Webhook.Failures failures(AnswerRow row) {
        return new Webhook.Failures(
                row.integer("failures"),
                row.instantOrNull("failing_since"),
                row.instantOrNull("retry_at"),
                row.instantOrNull("dead_since"),
                row.textOrNull("dead_reason"));
    }

    static Delivery delivery(AnswerRow row) {
        Event event = new Event(
                row.text("event"),
                row.text("kind"),
                row.instant("at"),
                row.textOrNull("site"),
                row.textOrNull("user_id"),
                row.field("content"));
        Delivery.Attempts attempts = new Delivery.Attempts(
                row.integer("attempts"),
                row.instantOrNull("first_at"),
                row.instantOrNull("last_at"),
                row.isNull("status") ? null : (Integer) row.integer("status"),
                row.isNull("problem") ? null : row.constant("problem", Delivery.DeliveryProblem.class),
                row.isNull("millis") ? null : (Integer) row.integer("millis"));
        return new Delivery(
                row.whole("id"),
                event,
                row.text("subject"),
                row.constant("state", Delivery.DeliveryState.class),
                attempts,
                row.instant("next_at"));
    }
}
