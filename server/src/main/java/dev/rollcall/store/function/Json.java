package dev.rollcall.store.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.attendance.AttendanceStore.Circumstances;
import dev.rollcall.attendance.AttendanceStore.Evidence;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Others;
import dev.rollcall.attendance.AttendanceStore.Source;
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
import dev.rollcall.recognition.MarkBasis;
import dev.rollcall.recognition.Match;
import dev.rollcall.recognition.PinMatch;
import dev.rollcall.recognition.Rival;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of the use cases in the JSON that the schema's functions take and return. */
final class Json {

    static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    static JsonNode json(Caller caller) {
        return MAPPER.createObjectNode()
                .put("key_id", caller.keyId())
                .put("request_id", caller.requestId())
                .put("address", caller.address())
                .put("site", caller.site());
    }

    static MarkDecision decision(AnswerRow decision) {
        String code = decision.text("code");
        return switch (code) {
            case "MARKED" ->
                new MarkDecision.Marked(mark(decision.object("mark")), decision.integer("remaining_today"));
            case "DAILY_LIMIT_REACHED" ->
                new MarkDecision.DailyLimitReached(
                        decision.integer("max_per_day"),
                        decision.list("marks").stream().map(Json::mark).toList());
            case "TOO_SOON" ->
                new MarkDecision.TooSoon(decision.instant("next_allowed_at"), mark(decision.object("last_mark")));
            case "NOT_ENROLLED" -> new MarkDecision.UnknownPerson();
            case "KEY_REVOKED" -> new MarkDecision.RevokedKey();
            default -> throw new IllegalStateException("mark_attendance returned " + code);
        };
    }

    static Mark mark(AnswerRow mark) {
        return new Mark(
                mark.whole("id"),
                mark.instant("marked_at"),
                mark.date("work_date"),
                mark.integer("number"),
                mark.constant("direction", Direction.class));
    }

    static Origin origin(AnswerRow mark) {
        return new Origin(mark.text("site"), mark.textOrNull("key_id"), mark.constant("source", Source.class));
    }

    /** Where a mark comes from, in which direction it is, and how it came. */
    static JsonNode origin(MarkRequest request) {
        Origin origin = request.origin();
        Direction direction = request.direction();
        Circumstances circumstances = request.circumstances();
        Instant receivedAt = circumstances.receivedAt();
        return MAPPER.createObjectNode()
                .put("site", origin.site())
                .put("key_id", origin.keyId())
                .put("source", origin.source().name().toLowerCase(Locale.ROOT))
                .put("direction", direction == null ? null : direction.name().toLowerCase(Locale.ROOT))
                .put("received_at", receivedAt == null ? null : receivedAt.toString())
                .put("inside_geofence", circumstances.insideGeofence() ? true : null);
    }

    /** What a mark rests on; empty for null. */
    static JsonNode json(@Nullable Evidence evidence) {
        if (evidence == null) {
            return MAPPER.createObjectNode();
        }
        ObjectNode json = MAPPER.createObjectNode()
                .put("confidence", evidence.confidence())
                .put("similarity", evidence.similarity())
                .put("liveness", evidence.liveness());
        Others others = evidence.others();
        return others == null
                ? json
                : json.put("rival_confidence", others.confidence())
                        .put("rival_similarity", others.similarity())
                        .put("look_alike", others.lookAlike());
    }

    /** A text that {@link #json(MarkBasis)} has become. */
    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no answer to keep", e);
        }
    }

    static KeptAnswer keptAnswer(AnswerRow kept) {
        return new KeptAnswer(kept.text("fingerprint"), content(kept.object("answer")));
    }

    private static Content content(AnswerRow answer) {
        if (answer.has("refusal")) {
            return new Content.Refused(refusal(answer.object("refusal")));
        }
        MarkDecision decision = decision(answer.object("decision"));
        return new Content.Decided(
                decision instanceof MarkDecision.Marked ? basis(answer.object("match")) : null, decision);
    }

    /** A basis; by is pin for one by number and PIN, and absent for a face. */
    static JsonNode json(MarkBasis basis) {
        ObjectNode json =
                MAPPER.createObjectNode().put("user_id", basis.userId().value()).put("name", basis.name());
        return basis instanceof Match match ? withMatch(json, match) : json.put("by", "pin");
    }

    private static JsonNode withMatch(ObjectNode json, Match match) {
        json.put("confidence", match.confidence())
                .put("similarity", match.similarity())
                .put("threshold", match.threshold());
        Liveness liveness = match.liveness();
        if (liveness == null) {
            json.putNull("liveness");
        } else {
            json.putObject("liveness").put("score", liveness.score()).put("threshold", liveness.threshold());
        }
        Rival rival = match.rival();
        if (rival == null) {
            json.putNull("rival");
        } else {
            json.putObject("rival").put("confidence", rival.confidence()).put("similarity", rival.similarity());
        }
        return json.put("look_alike", match.lookAlike());
    }

    private static MarkBasis basis(AnswerRow basis) {
        return basis.has("by") ? new PinMatch(new UserId(basis.text("user_id")), basis.text("name")) : match(basis);
    }

    private static Match match(AnswerRow match) {
        AnswerRow liveness = match.objectOrNull("liveness");
        AnswerRow rival = match.objectOrNull("rival");
        return new Match(
                new UserId(match.text("user_id")),
                match.text("name"),
                match.number("confidence"),
                match.number("similarity"),
                match.number("threshold"),
                liveness == null ? null : new Liveness(liveness.number("score"), liveness.number("threshold")),
                rival == null ? null : new Rival(rival.number("confidence"), rival.number("similarity")),
                match.flagOrNull("look_alike"));
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

    private static Refusal refusal(AnswerRow refusal) {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> fact : refusal.field("facts").properties()) {
            facts.put(fact.getKey(), MAPPER.convertValue(fact.getValue(), Object.class));
        }
        return new Refusal(refusal.constant("code", Code.class), refusal.text("detail"), facts);
    }
}
