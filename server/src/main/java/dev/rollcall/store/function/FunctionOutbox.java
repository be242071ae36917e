package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.keys.Caller;
import dev.rollcall.store.function.SecretSeal.Opening;
import dev.rollcall.webhooks.Delivery;
import dev.rollcall.webhooks.EventUpkeep;
import dev.rollcall.webhooks.Outbox;
import dev.rollcall.webhooks.Webhook;
import dev.rollcall.webhooks.WebhookSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events that wait, in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionOutbox implements Outbox, EventUpkeep {

    private static final int SWEPT_AT_ONCE = 10_000;

    private final DatabaseFunctions functions;
    private final SecretSeal seal;

    public FunctionOutbox(DatabaseFunctions functions, SecretSeal seal) {
        this.functions = functions;
        this.seal = seal;
    }

    @Override
    public Turn take(Lease lease, int limit, Instant now) {
        while (true) {
            AnswerRow turn = AnswerRow.of(
                    "take_deliveries",
                    functions.call(FunctionCall.writes("take_deliveries")
                            .with("p_lease", lease.id())
                            .with("p_lease_s", lease.length().toSeconds())
                            .with("p_limit", limit)
                            .with("p_at", now)));
            boolean any = turn.flag("any");
            AnswerRow webhook = turn.objectOrNull("webhook");
            if (webhook == null) {
                return new Turn(any, Optional.empty());
            }
            Opening present = seal.open(webhook.text("secret"), WebhookRows.purpose(webhook.text("id")));
            if (present instanceof Opening.Opened opened) {
                return new Turn(any, Optional.of(taken(webhook, secrets(opened, webhook, now), turn)));
            }
            disable(webhook.text("id"), lease, ((Opening.Failed) present).reason(), now);
        }
    }

    private static Taken taken(AnswerRow webhook, List<WebhookSecret> secrets, AnswerRow turn) {
        return new Taken(
                webhook.text("id"),
                webhook.text("url"),
                secrets,
                WebhookRows.failures(webhook),
                turn.list("deliveries").stream().map(WebhookRows::delivery).toList());
    }

    private void disable(String webhook, Lease lease, String reason, Instant now) {
        functions.call(FunctionCall.writesOnce("disable_webhook")
                .with("p_webhook", webhook)
                .with("p_lease", lease.id())
                .with("p_reason", reason)
                .with("p_at", now));
        release(webhook, lease);
    }

    /** The present secret, and the one before if it still signs and can be opened. */
    private List<WebhookSecret> secrets(Opening.Opened present, AnswerRow webhook, Instant now) {
        List<WebhookSecret> secrets = new ArrayList<>();
        secrets.add(new WebhookSecret(present.secret()));
        String old = webhook.textOrNull("old_secret");
        Instant until = webhook.instantOrNull("old_secret_until");
        if (old != null
                && until != null
                && until.isAfter(now)
                && seal.open(old, WebhookRows.purpose(webhook.text("id"))) instanceof Opening.Opened opened) {
            secrets.add(new WebhookSecret(opened.secret()));
        }
        return secrets;
    }

    @Override
    public boolean finish(Taken taken, Lease lease, Delivery delivery, Outcome outcome, Instant now) {
        Delivery.Attempts attempt = outcome.attempt();
        Webhook.Failures endpoint = outcome.endpoint();
        Delivery.DeliveryProblem problem = attempt.problem();
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("state", outcome.state().text())
                .put("next_at", outcome.nextAt().map(Instant::toString).orElse(null))
                .put("status", attempt.status())
                .put("problem", problem == null ? null : problem.text())
                .put("millis", attempt.millis())
                .put("failures", endpoint.count())
                .put("failing_since", text(endpoint.since()))
                .put("retry_at", text(endpoint.retryAt()))
                .put("dead_reason", endpoint.deadReason());
        return functions
                .call(FunctionCall.writes("finish_delivery")
                        .with("p_webhook", taken.id())
                        .with("p_lease", lease.id())
                        .with("p_lease_s", lease.length().toSeconds())
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
                .with("p_lease", lease.id()));
    }

    @Override
    public long sweep(Instant before, Instant now) {
        return swept(FunctionCall.writesOnce("sweep_old_events")
                        .with("p_before", before)
                        .with("p_limit", SWEPT_AT_ONCE)
                        .with("p_at", now))
                + swept(FunctionCall.writesOnce("sweep_strays").with("p_limit", SWEPT_AT_ONCE));
    }

    /** Repeats a call that removes rows until there are fewer than one call removes. */
    private long swept(FunctionCall call) {
        long all = 0;
        long removed;
        do {
            removed = functions.call(call.slowly()).longValue();
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
