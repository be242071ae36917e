package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.ApiKeyStore;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.KeyPosition;
import dev.rollcall.keys.Scope;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** API keys in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionApiKeyStore implements ApiKeyStore {

    private final DatabaseFunctions functions;

    public FunctionApiKeyStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public Optional<ApiKey> use(String hash, Instant now, @Nullable String version) {
        return keyOrNothing(functions.call(FunctionCall.writesOnce("use_api_key")
                .with("p_key_hash", hash)
                .with("p_at", now)
                .with("p_device_version", version)));
    }

    @Override
    public Optional<ApiKey> addFirst(NewKey key, Caller caller) {
        return keyOrNothing(create(key, true, caller));
    }

    @Override
    public Optional<ApiKey> add(NewKey key, Caller caller) {
        return keyOrNothing(create(key, false, caller));
    }

    private JsonNode create(NewKey key, boolean first, Caller caller) {
        ArrayNode scopes = Json.MAPPER.createArrayNode();
        key.scopes().stream().sorted().map(Scope::text).forEach(scopes::add);
        return functions.call(FunctionCall.writes("create_api_key")
                .with("p_key_hash", key.hash())
                .with("p_name", key.name())
                .with("p_scopes", scopes)
                .with("p_site", key.site())
                .with("p_at", key.at())
                .with("p_expires_at", key.expiresAt())
                .with("p_first", first)
                .with("p_caller", Json.json(caller)));
    }

    @Override
    public List<ApiKey> list(@Nullable KeyPosition after, int limit) {
        JsonNode rows = functions.call(FunctionCall.reads("list_api_keys")
                .with("p_after", after == null ? null : json(after))
                .with("p_limit", limit));
        return AnswerRow.list("list_api_keys", rows).stream()
                .map(FunctionApiKeyStore::key)
                .toList();
    }

    @Override
    public long count() {
        return functions.call(FunctionCall.reads("count_api_keys")).longValue();
    }

    static ObjectNode json(KeyPosition position) {
        return Json.MAPPER
                .createObjectNode()
                .put("created_at", position.createdAt().toString())
                .put("id", position.id());
    }

    @Override
    public Optional<ApiKey> revoke(String id, Instant now, Caller caller) {
        return keyOrNothing(functions.call(FunctionCall.writesOnce("revoke_api_key")
                .with("p_id", id)
                .with("p_only_device", false)
                .with("p_at", now)
                .with("p_caller", Json.json(caller))));
    }

    static Optional<ApiKey> keyOrNothing(JsonNode answer) {
        return answer.isNull() ? Optional.empty() : Optional.of(key(AnswerRow.of("api key", answer)));
    }

    static ApiKey key(AnswerRow row) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        row.texts("scopes").forEach(scope -> scopes.add(Scope.parse(scope).orElseThrow()));
        return new ApiKey(
                row.text("id"),
                row.text("name"),
                scopes,
                row.text("site"),
                row.instant("created_at"),
                row.instantOrNull("expires_at"),
                row.instantOrNull("last_used_at"),
                row.instantOrNull("revoked_at"),
                row.textOrNull("device_version"),
                row.textOrNull("user_id"));
    }
}
