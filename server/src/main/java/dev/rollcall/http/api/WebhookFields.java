package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.JsonBody;
import dev.rollcall.people.PersonName;
import dev.rollcall.webhooks.EventKind;
import dev.rollcall.webhooks.ManageWebhooks;
import dev.rollcall.webhooks.TargetRules;
import dev.rollcall.webhooks.Webhook;
import dev.rollcall.webhooks.WebhookStore.Change;
import dev.rollcall.webhooks.WebhookStore.NewWebhook;
import dev.rollcall.webhooks.WebhookStore.Replay;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The bodies of requests about webhooks, as the OpenAPI document describes them, and their reader. */
final class WebhookFields {

    private static final String NAME = "name";
    private static final String URL = "url";
    private static final String EVENTS = "events";
    private static final String STATE = "state";
    private static final String OVERLAP = "overlap_hours";
    private static final String SINCE = "since";
    private static final String DELIVERED = "delivered";

    private static final String NAME_RULE = "On one line, with visible characters";
    private static final String URL_RULE = "An https address, which is not called before there is an event";
    private static final String EVENTS_RULE =
            "The kinds of events that it gets, such as mark.created; all if empty or absent";
    private static final int DEFAULT_OVERLAP = 24;

    private WebhookFields() {}

    @Schema(name = "NewWebhookRequest", description = "An address that shall get events")
    record NewWebhookBody(
            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = NAME_RULE)
            String name,

            @Schema(minLength = 1, maxLength = TargetRules.MAX_LENGTH, description = URL_RULE)
            String url,

            @Schema(description = EVENTS_RULE) @Nullable List<String> events) {

        static NewWebhookBody example() {
            return new NewWebhookBody(
                    "payroll", "https://payroll.example.com/rollcall", List.of("mark.created", "mark.corrected"));
        }
    }

    @Schema(name = "WebhookChange", description = "The fields of a webhook that change; others stay as they are")
    record ChangedWebhook(
            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = NAME_RULE) @Nullable
            String name,

            @Schema(minLength = 1, maxLength = TargetRules.MAX_LENGTH, description = URL_RULE) @Nullable
            String url,

            @Schema(description = EVENTS_RULE) @Nullable List<String> events,

            @Schema(
                    enumeration = {"enabled", "paused"},
                    description = "enabled, also for a dead one, which then gets what has waited; or paused")
            @Nullable
            String state) {

        static ChangedWebhook example() {
            return new ChangedWebhook(null, null, List.of(), "enabled");
        }
    }

    @Schema(name = "SecretRotation", description = "How the secret is replaced")
    record Rotation(
            @Schema(
                    minimum = "0",
                    maximum = "168",
                    description = "Hours for which the secret before signs too; 24 if absent")
            @Nullable
            Integer overlapHours) {

        static Rotation example() {
            return new Rotation(DEFAULT_OVERLAP);
        }
    }

    @Schema(name = "ReplayRequest", description = "Which deliveries are made again")
    record ReplayBody(
            @Schema(description = "Those of events from this instant on")
            Instant since,

            @Schema(description = "Also those that were delivered; only those that were given up if absent or false")
            @Nullable
            Boolean delivered) {

        static ReplayBody example() {
            return new ReplayBody(Instant.parse("2026-11-22T00:00:00Z"), true);
        }
    }

    static NewWebhook newWebhook(InputStream body, long length) {
        JsonBody json = JsonBody.read(body, length, Set.of(NAME, URL, EVENTS));
        List<EventKind> events = events(json);
        return new NewWebhook(
                Fields.name(NAME, json.text(NAME)), json.required(URL), events == null ? List.of() : events);
    }

    static Change change(InputStream body, long length) {
        JsonBody json = JsonBody.read(body, length, Set.of(NAME, URL, EVENTS, STATE));
        return new Change(
                json.has(NAME) ? Fields.name(NAME, json.text(NAME)) : null,
                json.has(URL) ? json.required(URL) : null,
                events(json),
                json.has(STATE) ? state(json.required(STATE)) : null);
    }

    private static Webhook.WebhookState state(String text) {
        return switch (text) {
            case "enabled" -> Webhook.WebhookState.ENABLED;
            case "paused" -> Webhook.WebhookState.PAUSED;
            default -> throw RefusedException.invalid(STATE, "state must be enabled or paused");
        };
    }

    private static @Nullable List<EventKind> events(JsonBody json) {
        JsonNode given = json.value(EVENTS);
        if (given == null) {
            return null;
        }
        if (!given.isArray()) {
            throw RefusedException.invalid(EVENTS, "events must be a list of kinds such as mark.created");
        }
        List<EventKind> events = new ArrayList<>();
        for (JsonNode one : given) {
            EventKind kind = EventKind.parse(one.asText())
                    .orElseThrow(() ->
                            RefusedException.invalid(EVENTS, "events must be a list of kinds such as mark.created"));
            if (!events.contains(kind)) {
                events.add(kind);
            }
        }
        return events;
    }

    static Duration overlap(InputStream body, long length) {
        JsonNode hours = JsonBody.readIfAny(body, length, Set.of(OVERLAP)).value(OVERLAP);
        if (hours == null) {
            return Duration.ofHours(DEFAULT_OVERLAP);
        }
        long most = ManageWebhooks.LONGEST_OVERLAP.toHours();
        if (!hours.isInt() || hours.intValue() < 0 || hours.intValue() > most) {
            throw RefusedException.invalid(OVERLAP, OVERLAP + " must be 0 to " + most);
        }
        return Duration.ofHours(hours.intValue());
    }

    static Replay.Since since(InputStream body, long length) {
        JsonBody json = JsonBody.read(body, length, Set.of(SINCE, DELIVERED));
        JsonNode delivered = json.value(DELIVERED);
        return new Replay.Since(
                Fields.instant(SINCE, json.required(SINCE)), delivered != null && JsonBody.flag(DELIVERED, delivered));
    }
}
