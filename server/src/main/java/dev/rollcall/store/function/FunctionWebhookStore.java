package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.keys.By;
import dev.rollcall.webhooks.Delivery;
import dev.rollcall.webhooks.EventKind;
import dev.rollcall.webhooks.Webhook;
import dev.rollcall.webhooks.WebhookSecret;
import dev.rollcall.webhooks.WebhookStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Webhooks in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionWebhookStore implements WebhookStore {

    private static final String ID = "p_id";

    private final DatabaseFunctions functions;
    private final SecretSeal seal;

    public FunctionWebhookStore(DatabaseFunctions functions, SecretSeal seal) {
        this.functions = functions;
        this.seal = seal;
    }

    @Override
    public List<Webhook> webhooks() {
        return AnswerRow.list("list_webhooks", functions.call(FunctionCall.reads("list_webhooks"))).stream()
                .map(WebhookRows::webhook)
                .toList();
    }

    @Override
    public Optional<Webhook> find(String id) {
        return webhook(FunctionCall.reads("find_webhook").with(ID, id));
    }

    @Override
    public Optional<Webhook> create(String id, NewWebhook wanted, WebhookSecret secret, int most, By by) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("name", wanted.name())
                .put("url", wanted.url())
                .put("secret", sealed(id, secret));
        json.set("events", events(wanted.events()));
        return webhook(
                by(FunctionCall.writes("create_webhook").with("p_wanted", json).with("p_most", most), by));
    }

    @Override
    public Optional<Webhook> change(String id, Change change, By by) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        put(json, "name", change.name());
        put(json, "url", change.url());
        Webhook.WebhookState state = change.state();
        put(json, "state", state == null ? null : state.text());
        List<EventKind> events = change.events();
        if (events != null) {
            json.set("events", events(events));
        }
        return webhook(by(FunctionCall.writesOnce("change_webhook").with(ID, id).with("p_change", json), by));
    }

    @Override
    public boolean delete(String id, By by) {
        return functions
                .call(by(FunctionCall.writes("delete_webhook").with(ID, id), by))
                .booleanValue();
    }

    @Override
    public Optional<Webhook> rotate(String id, WebhookSecret secret, Instant oldUntil, By by) {
        return webhook(by(
                FunctionCall.writes("rotate_webhook_secret")
                        .with(ID, id)
                        .with("p_secret", sealed(id, secret))
                        .with("p_until", oldUntil),
                by));
    }

    @Override
    public long reseal(By by) {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        AnswerRow.list("list_webhook_secrets", functions.call(FunctionCall.reads("list_webhook_secrets"))).stream()
                .flatMap(webhook -> resealed(webhook, by.at()).stream())
                .forEach(rows::add);
        return rows.isEmpty()
                ? 0
                : functions
                        .call(by(
                                FunctionCall.writesOnce("reseal_webhook_secrets")
                                        .with("p_rows", rows),
                                by))
                        .longValue();
    }

    /** The secrets of a webhook under the present key; empty if they are already. */
    private Optional<ObjectNode> resealed(AnswerRow webhook, Instant now) {
        String purpose = WebhookRows.purpose(webhook.text("id"));
        String secret = webhook.text("secret");
        String old = webhook.textOrNull("old_secret");
        String newSecret = resealed(seal.opened(secret, purpose), secret, purpose);
        Instant until = webhook.instantOrNull("old_secret_until");
        String newOld = old != null
                        && until != null
                        && until.isAfter(now)
                        && seal.open(old, purpose) instanceof SecretSeal.Opening.Opened opened
                ? resealed(opened.secret(), old, purpose)
                : null;
        return secret.equals(newSecret) && Objects.equals(old, newOld)
                ? Optional.empty()
                : Optional.of(Json.MAPPER
                        .createObjectNode()
                        .put("id", webhook.text("id"))
                        .put("was_secret", secret)
                        .put("was_old_secret", old)
                        .put("secret", newSecret)
                        .put("old_secret", newOld));
    }

    private String resealed(byte[] secret, String stored, String purpose) {
        return seal.isPresent(stored) ? stored : seal.seal(secret, purpose);
    }

    @Override
    public OptionalLong test(String id, By by) {
        return number(by(FunctionCall.writes("test_webhook").with(ID, id), by));
    }

    @Override
    public List<Delivery> deliveries(Query query) {
        Delivery.DeliveryState state = query.state();
        JsonNode rows = functions.call(FunctionCall.reads("list_deliveries")
                .with("p_webhook", query.webhook())
                .with("p_state", state == null ? null : state.text())
                .with("p_before", query.before())
                .with("p_limit", query.limit()));
        return AnswerRow.list("list_deliveries", rows).stream()
                .map(WebhookRows::delivery)
                .toList();
    }

    @Override
    public OptionalLong replay(String id, Replay replay, By by) {
        FunctionCall call = FunctionCall.writes("replay_deliveries").with("p_webhook", id);
        if (replay instanceof Replay.One one) {
            call = call.with("p_delivery", one.delivery()).with("p_since", null).with("p_delivered", false);
        } else {
            Replay.Since since = (Replay.Since) replay;
            call = call.with("p_delivery", null).with("p_since", since.since()).with("p_delivered", since.delivered());
        }
        return number(by(call.slowly(), by));
    }

    private Optional<Webhook> webhook(FunctionCall call) {
        JsonNode found = functions.call(call);
        return found.isNull()
                ? Optional.empty()
                : Optional.of(WebhookRows.webhook(AnswerRow.of(call.function(), found)));
    }

    private OptionalLong number(FunctionCall call) {
        JsonNode found = functions.call(call);
        return found.isNull() ? OptionalLong.empty() : OptionalLong.of(found.longValue());
    }

    private String sealed(String id, WebhookSecret secret) {
        return seal.seal(secret.bytes(), WebhookRows.purpose(id));
    }

    private static ArrayNode events(List<EventKind> events) {
        ArrayNode texts = Json.MAPPER.createArrayNode();
        events.forEach(event -> texts.add(event.text()));
        return texts;
    }

    private static void put(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }

    private static FunctionCall by(FunctionCall call, By by) {
        return call.with("p_at", by.at()).with("p_caller", Json.json(by.caller()));
    }
}
