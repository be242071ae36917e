package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.DeviceState;
import dev.rollcall.keys.DeviceStore;
import dev.rollcall.keys.DeviceStore.Whose;
import dev.rollcall.keys.KeyPosition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Devices in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionDeviceStore implements DeviceStore {

    private final DatabaseFunctions functions;

    public FunctionDeviceStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public List<ApiKey> list(Query query, Instant now) {
        KeyPosition after = query.after();
        JsonNode rows = functions.call(FunctionCall.reads("list_devices")
                .with("p_filter", json(query.filter()))
                .with("p_oldest_first", query.oldestFirst())
                .with("p_after", after == null ? null : FunctionApiKeyStore.json(after))
                .with("p_limit", query.limit())
                .with("p_at", now));
        return AnswerRow.list("list_devices", rows).stream()
                .map(FunctionApiKeyStore::key)
                .toList();
    }

    @Override
    public long count(Filter filter, Instant now) {
        return functions
                .call(FunctionCall.reads("count_devices")
                        .with("p_filter", json(filter))
                        .with("p_at", now))
                .longValue();
    }

    private static ObjectNode json(Filter filter) {
        DeviceState state = filter.state();
        return Json.MAPPER
                .createObjectNode()
                .put("state", state == null ? null : state.text())
                .put("site", filter.site())
                .put("user_id", filter.whose() instanceof Whose.Person person ? person.userId() : null)
                .put("personal", filter.whose() == null ? null : (Boolean) !(filter.whose() instanceof Whose.Nobody));
    }

    @Override
    public Optional<ApiKey> read(String id) {
        return FunctionApiKeyStore.keyOrNothing(
                functions.call(FunctionCall.reads("read_device").with("p_id", id)));
    }

    @Override
    public Changing change(String id, Change change, Instant now, Caller caller) {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        if (change.name() != null) {
            fields.put("name", change.name());
        }
        if (change.site() != null) {
            fields.put("site", change.site());
        }
        AnswerRow answer = AnswerRow.of(
                "change_device",
                functions.call(FunctionCall.writesOnce("change_device")
                        .with("p_id", id)
                        .with("p_change", fields)
                        .with("p_at", now)
                        .with("p_caller", Json.json(caller))));
        String code = answer.text("code");
        return switch (code) {
            case "CHANGED" -> new Changing.Changed(FunctionApiKeyStore.key(answer.object("device")));
            case "NOT_FOUND" -> new Changing.NotFound();
            case "UNKNOWN_SITE" -> new Changing.UnknownSite();
            case "OTHER_SITE" -> new Changing.OtherSite();
            default -> throw new IllegalStateException("change_device returned " + code);
        };
    }

    @Override
    public Optional<ApiKey> revoke(String id, Instant now, Caller caller) {
        return FunctionApiKeyStore.keyOrNothing(functions.call(FunctionCall.writesOnce("revoke_api_key")
                .with("p_id", id)
                .with("p_only_device", true)
                .with("p_at", now)
                .with("p_caller", Json.json(caller))));
    }
}
