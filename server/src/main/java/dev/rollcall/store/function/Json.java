package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.engine.Liveness;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer;
import dev.rollcall.recognition.KeptAnswer.Content;
import dev.rollcall.recognition.Match;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of the use cases in the JSON that the schema's functions read and answer. */
final class Json {

    static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    static Instant instant(JsonNode text) {
        return OffsetDateTime.parse(text.asText()).toInstant();
    }

    static @Nullable Instant instantOrNull(JsonNode text) {
        return text.isTextual() ? instant(text) : null;
    }

    static @Nullable String textOrNull(JsonNode text) {
        return text.isTextual() ? text.textValue() : null;
    }

    static JsonNode json(Caller caller) {
        return MAPPER.createObjectNode()
                .put("key_id", caller.keyId())
                .put("request_id", caller.requestId())
                .put("address", caller.address());
    }

    static MarkDecision decision(JsonNode json) {
        String code = json.path("code").asText();
        return switch (code) {
            case "MARKED" ->
                new MarkDecision.Marked(
                        mark(json.path("mark")), json.path("remaining_today").asInt());
            case "DAILY_LIMIT_REACHED" -> {
                List<Mark> marks = new ArrayList<>();
                json.path("marks").forEach(mark -> marks.add(mark(mark)));
                yield new MarkDecision.DailyLimitReached(marks);
            }
            case "TOO_SOON" -> new MarkDecision.TooSoon(instant(json.path("next_allowed_at")));
            case "NOT_ENROLLED" -> new MarkDecision.UnknownPerson();
            default -> throw new IllegalStateException("mark_attendance answered " + code);
        };
    }

    static Mark mark(JsonNode json) {
        return new Mark(
                json.path("id").asLong(),
                instant(json.path("marked_at")),
                LocalDate.parse(json.path("work_date").asText()),
                json.path("number").asInt(),
                Direction.valueOf(json.path("direction").asText().toUpperCase(Locale.ROOT)));
    }

    static KeptAnswer keptAnswer(JsonNode json) {
        return new KeptAnswer(json.path("fingerprint").asText(), content(json.path("answer")));
    }

    private static Content content(JsonNode answer) {
        if (answer.has("refusal")) {
            return new Content.Refused(refusal(answer.path("refusal")));
        }
        JsonNode match = answer.path("match");
        return new Content.Decided(match.isObject() ? match(match) : null, decision(answer.path("decision")));
    }

    static JsonNode json(Match match) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("user_id", match.userId().value())
                .put("name", match.name())
                .put("confidence", match.confidence())
                .put("similarity", match.similarity())
                .put("threshold", match.threshold());
        Liveness liveness = match.liveness();
        if (liveness != null) {
            json.putObject("liveness").put("score", liveness.score()).put("threshold", liveness.threshold());
        }
        return json;
    }

    private static Match match(JsonNode json) {
        JsonNode liveness = json.path("liveness");
        @Nullable
        Liveness measured = liveness.isObject()
                ? new Liveness(
                        liveness.path("score").asDouble(),
                        liveness.path("threshold").asDouble())
                : null;
        return new Match(
                new UserId(json.path("user_id").asText()),
                json.path("name").asText(),
                json.path("confidence").asDouble(),
                json.path("similarity").asDouble(),
                json.path("threshold").asDouble(),
                measured);
    }

    static JsonNode json(Refusal refusal) {
        Map<String, Object> facts = new LinkedHashMap<>();
        refusal.facts().forEach((name, value) -> facts.put(name, value instanceof Float f ? (double) f : value));
        ObjectNode json = MAPPER.createObjectNode();
        json.putObject("refusal")
                .put("code", refusal.code().name())
                .put("detail", refusal.detail())
                .set("facts", MAPPER.valueToTree(facts));
        return json;
    }

    private static Refusal refusal(JsonNode json) {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> fact : json.path("facts").properties()) {
            facts.put(fact.getKey(), MAPPER.convertValue(fact.getValue(), Object.class));
        }
        return new Refusal(
                Code.valueOf(json.path("code").asText()), json.path("detail").asText(), facts);
    }
}
