package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.keys.Caller;
import dev.rollcall.webhooks.Delivery;
import dev.rollcall.webhooks.Outbox;
import dev.rollcall.webhooks.Webhook;
import dev.rollcall.webhooks.WebhookSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events that wait, in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionOutbox implements Outbox {

    private static final int SWEPT_AT_ONCE = 10_000;

    private final DatabaseFunctions functions;
    private final SecretSeal seal;

    public FunctionOutbox(DatabaseFunctions functions, SecretSeal seal) {
        this.functions = functions;
        this.seal = seal;
    }

    @Override
    public Turn take(Lease lease, int limit, Instant now) {
        AnswerRow turn = AnswerRow.of(
                "take_deliveries",
                functions.call(FunctionCall.writes("take_deliveries")
                        .with("p_lease", lease.holder())
                        .with("p_leased_until", lease.until())
                        .with("p_limit", limit)
                        .with("p_at", now)));
        AnswerRow webhook = turn.objectOrNull("webhook");
        return new Turn(
                turn.flag("any"),
                webhook == null
                        ? Optional.empty()
                        : Optional.of(new Taken(
                                webhook.text("id"),
                                webhook.text("url"),
                                secrets(webhook, now),
                                WebhookRows.trouble(webhook),
                                turn.list("deliveries").stream()
                                        .map(WebhookRows::delivery)
                                        .toList())));
    }

    private List<WebhookSecret> secrets(AnswerRow webhook, Instant now) {
        String purpose = WebhookRows.purpose(webhook.text("id"));
        List<WebhookSecret> secrets = new ArrayList<>();
        secrets.add(new WebhookSecret(seal.open(webhook.text("secret"), purpose)));
        String old = webhook.textOrNull("old_secret");
        Instant until = webhook.instantOrNull("old_secret_until");
        if (old != null && until != null && until.isAfter(now)) {
            secrets.add(new WebhookSecret(seal.open(old, purpose)));
        }
        return secrets;
    }

    @Override
    public boolean finish(Taken taken, Lease lease, Delivery delivery, Outcome outcome, Instant now) {
        Delivery.Attempts attempt = outcome.attempt();
        Webhook.Trouble endpoint = outcome.endpoint();
        Delivery.DeliveryProblem problem = attempt.problem();
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("state", outcome.state().text())
                .put("next_at", outcome.nextAt().map(Instant::toString).orElse(null))
                .put("status", attempt.status())
                .put("problem", problem == null ? null : problem.text())
                .put("millis", attempt.millis())
                .put("failures", endpoint.failures())
                .put("failing_since", text(endpoint.failingSince()))
                .put("retry_at", text(endpoint.retryAt()))
                .put("dead_reason", endpoint.deadReason());
        return functions
                .call(FunctionCall.writes("finish_delivery")
                        .with("p_webhook", taken.id())
                        .with("p_lease", lease.holder())
                        .with("p_leased_until", lease.until())
                        .with("p_delivery", delivery.id())
                        .with("p_attempt", json)
                        .with("p_at", now))
                .booleanValue();
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    @Override
    public void release(String webhook, Lease lease) {
        functions.call(FunctionCall.writesOnce("release_webhook")
                .with("p_webhook", webhook)
                .with("p_lease", lease.holder()));
    }

    @Override
    public long sweep(Instant before) {
        long all = 0;
        long removed;
        do {
            removed = functions
                    .call(FunctionCall.writesOnce("sweep_events")
                            .with("p_before", before)
                            .with("p_limit", SWEPT_AT_ONCE)
                            .slowly())
                    .longValue();
            all += removed;
        } while (removed >= SWEPT_AT_ONCE);
        return all;
    }

    @Override
    public void clockJumped(Instant to, long seconds) {
        JsonNode details =
                Json.MAPPER.createObjectNode().put("to", to.toString()).put("by_s", seconds);
        functions.call(FunctionCall.writes("append_audit")
                .with("p_at", to)
                .with("p_action", "CLOCK_JUMPED")
                .with("p_user_id", null)
                .with("p_caller", Json.json(Caller.SERVICE))
                .with("p_details", details));
    }
}
