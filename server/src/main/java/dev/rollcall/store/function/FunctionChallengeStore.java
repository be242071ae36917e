package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.engine.Box;
import dev.rollcall.engine.Embedding;
import dev.rollcall.recognition.challenge.ChallengeStore;
import dev.rollcall.recognition.challenge.Gaze;
import dev.rollcall.recognition.challenge.Progress;
import dev.rollcall.recognition.challenge.Progress.Phase;
import dev.rollcall.recognition.challenge.Progress.Place;
import dev.rollcall.recognition.challenge.Progress.Seen;
import dev.rollcall.recognition.challenge.Progress.Straight;
import dev.rollcall.recognition.challenge.Sighting;
import dev.rollcall.recognition.challenge.Step;
import dev.rollcall.recognition.challenge.Tally;
import dev.rollcall.recognition.challenge.Turn;
import dev.rollcall.store.function.TemplateSeal.Owner;
import dev.rollcall.store.function.TemplateSeal.Sealed;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Challenges in a database that is asked by its functions. Their embeddings are sealed as templates are, with the challenge's id as owner.
 * Safe for use by several threads.
 */
public final class FunctionChallengeStore implements ChallengeStore {

    private static final String MODEL = "model";

    private final DatabaseFunctions functions;
    private final TemplateSeal seal;
    private final String modelId;

    /**
     * Creates a store.
     *
     * @param modelId of the embedder; a challenge that was begun with another one is unknown here
     */
    public FunctionChallengeStore(DatabaseFunctions functions, TemplateSeal seal, String modelId) {
        this.functions = functions;
        this.seal = seal;
        this.modelId = modelId;
    }

    @Override
    public Opening open(NewChallenge challenge, Limits limits) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("id", challenge.id())
                .put("key_hash", challenge.device().keyHash())
                .put("site", challenge.device().site())
                .set("state", state(challenge.id(), challenge.progress()));
        AnswerRow answer = AnswerRow.of(
                "open_challenge",
                functions.call(FunctionCall.writes("open_challenge")
                        .with("p_challenge", json)
                        .with("p_at", challenge.at())
                        .with("p_expires_at", challenge.expiresAt())
                        .with(
                                "p_limits",
                                Json.MAPPER
                                        .createObjectNode()
                                        .put("per_key", limits.perKey())
                                        .put("overall", limits.overall()))));
        String code = answer.text("code");
        return switch (code) {
            case "OPENED" -> new Opening.Opened();
            case "TOO_MANY" -> new Opening.TooMany(answer.instant("next_at"));
            default -> throw new IllegalStateException("open_challenge returned " + code);
        };
    }

    @Override
    public Optional<Open> count(String id, Device device, Instant now) {
        JsonNode answer = functions.call(FunctionCall.writes("count_challenge_frame")
                .with("p_id", id)
                .with("p_key_hash", device.keyHash())
                .with("p_site", device.site())
                .with("p_at", now));
        if (answer.isNull()) {
            return Optional.empty();
        }
        AnswerRow row = AnswerRow.of("count_challenge_frame", answer);
        AnswerRow state = row.object("state");
        return isOfThisModel(state)
                ? Optional.of(new Open(
                        id,
                        progress(id, state),
                        row.instant("expires_at"),
                        row.integer("version"),
                        row.integer("frames")))
                : Optional.empty();
    }

    @Override
    public boolean advance(Open seen, Progress progress) {
        return change(seen.id(), seen.version(), outcome("open").set("state", state(seen.id(), progress)));
    }

    @Override
    public boolean fail(Open seen) {
        return change(seen.id(), null, outcome("failed"));
    }

    @Override
    public boolean pass(Open seen, Embedding face, String tokenHash, Instant until) {
        ObjectNode state = Json.MAPPER.createObjectNode().put(MODEL, modelId);
        state.set("face", sealed(seen.id(), face));
        return change(
                seen.id(),
                seen.version(),
                outcome("passed")
                        .put("token_hash", tokenHash)
                        .put("expires_at", until.toString())
                        .set("state", state));
    }

    private boolean change(String id, @Nullable Integer version, JsonNode change) {
        return functions
                .call(FunctionCall.writes("change_challenge")
                        .with("p_id", id)
                        .with("p_version", version)
                        .with("p_change", change))
                .booleanValue();
    }

    @Override
    public Optional<Embedding> use(String tokenHash, Device device, @Nullable String attempt, Instant now) {
        JsonNode answer = functions.call(FunctionCall.writes("use_challenge_token")
                .with("p_token_hash", tokenHash)
                .with("p_key_hash", device.keyHash())
                .with("p_site", device.site())
                .with("p_attempt", attempt)
                .with("p_at", now));
        if (answer.isNull()) {
            return Optional.empty();
        }
        AnswerRow used = AnswerRow.of("use_challenge_token", answer);
        AnswerRow state = used.object("state");
        return isOfThisModel(state) ? Optional.of(opened(used.text("id"), state.object("face"))) : Optional.empty();
    }

    @Override
    public void sweep(Instant now) {
        functions.call(FunctionCall.writesOnce("sweep_challenges").with("p_at", now));
    }

    private static ObjectNode outcome(String outcome) {
        return Json.MAPPER.createObjectNode().put("outcome", outcome);
    }

    private boolean isOfThisModel(AnswerRow state) {
        return state.text(MODEL).equals(modelId);
    }

    private ObjectNode state(String id, Progress progress) {
        ObjectNode json = Json.MAPPER.createObjectNode().put(MODEL, modelId);
        progress.steps().forEach(step -> json.withArray("steps")
                .addObject()
                .put("turn", step.turn().name())
                .put("hold_ms", step.hold().toMillis()));
        Place place = progress.place();
        json.put("step", place.step())
                .put("phase", place.phase().name())
                .put("since", place.since().toString())
                .put("held_since", text(place.heldSince()))
                .put("passing", place.passing());
        Seen seen = progress.seen();
        json.set("frontal", json(seen.frontal()));
        json.set("turned", json(seen.turned()));
        Straight straight = seen.straight();
        json.set(
                "straight",
                straight == null ? null : json(straight.gaze()).set("face", sealed(id, straight.embedding())));
        Sighting last = seen.last();
        json.set("last", last == null ? null : json(id, last));
        return json;
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static ObjectNode json(Tally tally) {
        return Json.MAPPER.createObjectNode().put("frames", tally.frames()).put("alive", tally.alive());
    }

    private static ObjectNode json(Gaze gaze) {
        return Json.MAPPER.createObjectNode().put("yaw", gaze.yaw()).put("pitch", gaze.pitch());
    }

    private ObjectNode json(String id, Sighting sighting) {
        Box box = sighting.box();
        ObjectNode json = json(sighting.gaze())
                .put("at", sighting.at().toString())
                .put("left", box.left())
                .put("top", box.top())
                .put("right", box.right())
                .put("bottom", box.bottom())
                .put("alive", sighting.alive());
        return json.set("face", sealed(id, sighting.embedding()));
    }

    private ObjectNode sealed(String id, Embedding face) {
        Sealed sealed = seal.seal(face, new Owner(id, modelId));
        return Json.MAPPER
                .createObjectNode()
                .put("embedding", HexFormat.of().formatHex(sealed.bytes()))
                .put("sealed_with", sealed.sealedWith());
    }

    private Embedding opened(String id, AnswerRow face) {
        Sealed sealed = new Sealed(HexFormat.of().parseHex(face.text("embedding")), face.textOrNull("sealed_with"));
        return seal.open(sealed, new Owner(id, modelId));
    }

    private Progress progress(String id, AnswerRow state) {
        Place place = new Place(
                state.integer("step"),
                state.constant("phase", Phase.class),
                state.instant("since"),
                state.instantOrNull("held_since"),
                state.flag("passing"));
        AnswerRow straight = state.objectOrNull("straight");
        AnswerRow last = state.objectOrNull("last");
        Seen seen = new Seen(
                straight == null ? null : new Straight(gaze(straight), opened(id, straight.object("face"))),
                last == null ? null : sighting(id, last),
                tally(state.object("frontal")),
                tally(state.object("turned")));
        return new Progress(
                state.list("steps").stream()
                        .map(step ->
                                new Step(step.constant("turn", Turn.class), Duration.ofMillis(step.integer("hold_ms"))))
                        .toList(),
                place,
                seen);
    }

    private Sighting sighting(String id, AnswerRow row) {
        return new Sighting(
                row.instant("at"),
                gaze(row),
                new Box(number(row, "left"), number(row, "top"), number(row, "right"), number(row, "bottom")),
                opened(id, row.object("face")),
                row.flagOrNull("alive"));
    }

    private static Gaze gaze(AnswerRow row) {
        return new Gaze(number(row, "yaw"), number(row, "pitch"));
    }

    private static float number(AnswerRow row, String name) {
        return (float) row.number(name);
    }

    private static Tally tally(AnswerRow row) {
        return new Tally(row.integer("frames"), row.integer("alive"));
    }
}
