package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.Pairing;
import dev.rollcall.keys.PairingStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pairings in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionPairingStore implements PairingStore {

    private final DatabaseFunctions functions;

    public FunctionPairingStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public Creation create(NewPairing pairing, int most, Caller caller) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("id", pairing.id())
                .put("salt", pairing.code().salt())
                .put("code_hash", pairing.code().hash())
                .put("name", pairing.name())
                .put("site", pairing.site());
        AnswerRow answer = AnswerRow.of(
                "create_pairing",
                functions.call(FunctionCall.writes("create_pairing")
                        .with("p_pairing", json)
                        .with("p_at", pairing.at())
                        .with("p_expires_at", pairing.expiresAt())
                        .with("p_most", most)
                        .with("p_caller", Json.json(caller))));
        String code = answer.text("code");
        return switch (code) {
            case "CREATED" -> new Creation.Created(pairing(answer.object("pairing")));
            case "UNKNOWN_SITE" -> new Creation.UnknownSite();
            case "TOO_MANY" -> new Creation.TooMany(answer.instant("next_at"));
            default -> throw new IllegalStateException("create_pairing returned " + code);
        };
    }

    @Override
    public List<Pairing> list(Instant now) {
        JsonNode rows = functions.call(FunctionCall.reads("list_pairings").with("p_at", now));
        return AnswerRow.list("list_pairings", rows).stream()
                .map(FunctionPairingStore::pairing)
                .toList();
    }

    @Override
    public Optional<Pairing> cancel(String id, Instant now, Caller caller) {
        JsonNode answer = functions.call(FunctionCall.writes("cancel_pairing")
                .with("p_id", id)
                .with("p_at", now)
                .with("p_caller", Json.json(caller)));
        return answer.isNull() ? Optional.empty() : Optional.of(pairing(AnswerRow.of("cancel_pairing", answer)));
    }

    @Override
    public Attempt count(String network, Instant now, AttemptLimits limits) {
        AnswerRow answer = AnswerRow.of(
                "count_pairing_attempt",
                functions.call(FunctionCall.writes("count_pairing_attempt")
                        .with("p_network", network)
                        .with("p_at", now)
                        .with("p_limits", json(limits))));
        String code = answer.text("code");
        return switch (code) {
            case "COUNTED" ->
                new Attempt.Counted(answer.list("pairings").stream()
                        .map(open -> new OpenCode(open.text("id"), open.text("salt"), open.text("code_hash")))
                        .toList());
            case "LOCKED" -> new Attempt.Locked(answer.instant("until"));
            default -> throw new IllegalStateException("count_pairing_attempt returned " + code);
        };
    }

    @Override
    public Optional<ApiKey> redeem(@Nullable String pairingId, NewDevice device, String network, AttemptLimits limits) {
        return FunctionApiKeyStore.keyOrNothing(functions.call(FunctionCall.writes("redeem_pairing")
                .with("p_id", pairingId)
                .with("p_key_hash", device.keyHash())
                .with("p_device_version", device.version())
                .with("p_network", network)
                .with("p_at", device.at())
                .with("p_limits", json(limits))
                .with("p_caller", Json.json(device.caller()))));
    }

    @Override
    public void sweep(Instant now, Instant before) {
        functions.call(
                FunctionCall.writesOnce("sweep_pairings").with("p_at", now).with("p_before", before));
    }

    static JsonNode json(AttemptLimits limits) {
        return Json.MAPPER
                .createObjectNode()
                .put("window_s", limits.window().toSeconds())
                .put("per_network", limits.perNetwork())
                .put("overall", limits.overall());
    }

    private static Pairing pairing(AnswerRow row) {
        return new Pairing(
                row.text("id"),
                row.text("name"),
                row.text("site"),
                row.instant("created_at"),
                row.instant("expires_at"),
                row.textOrNull("key_id"));
    }
}
