package dev.rollcall.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as receivers get it: CloudEvents 1.0 in JSON, structured mode. Its bytes are the same at each attempt.
 *
 * @param id a UUID, the same at each attempt and for each endpoint
 * @param kind one of {@link EventKind} by its text, or {@value #TEST}
 * @param userId whom it concerns; null for nobody
 * @param data what happened; a JSON object
 */
public record Event(
        String id,
        String kind,
        Instant at,
        @Nullable String site,
        @Nullable String userId,
        JsonNode data) {

    /** The media type of {@link #json}. */
    public static final String MEDIA_TYPE = "application/cloudevents+json";

    /** The kind of events that somebody asks for in order to try an endpoint. */
    public static final String TEST = "webhook.test";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TYPE_PREFIX = "dev.rollcall.";

    /** The attribute type of CloudEvents, such as {@code dev.rollcall.mark.created}. */
    public String type() {
        return TYPE_PREFIX + kind;
    }

    /** The whole event. */
    public byte[] json() {
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", site == null ? "/rollcall" : "/rollcall/sites/" + site)
                .put("type", type())
                .put("time", at.toString())
                .put("datacontenttype", "application/json");
        if (userId != null) {
            event.put("subject", userId);
        }
        event.set("data", data);
        try {
            return JSON.writeValueAsString(event).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event can't be written", e);
        }
    }
}
