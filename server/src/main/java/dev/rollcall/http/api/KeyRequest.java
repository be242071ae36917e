package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.Scope;
import java.io.InputStream;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a new API key.
 *
 * @param name valid for {@link dev.rollcall.people.PersonName}
 * @param scopes not empty
 * @param site the id of a site, which need not exist
 * @param expiresAt in the future, or null
 */
record KeyRequest(
        String name,
        Set<Scope> scopes,
        String site,
        @Nullable Instant expiresAt) {

    KeyRequest {
        scopes = Set.copyOf(scopes);
    }

    static KeyRequest read(InputStream body, long length, Instant now) {
        JsonNode json = SmallJson.read(body, length);
        return new KeyRequest(
                Fields.name("name", text(json, "name")),
                scopes(json.path("scopes")),
                DeviceRequest.siteOrDefault(text(json, "site")),
                expiry(json, now));
    }

    private static Set<Scope> scopes(JsonNode names) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (JsonNode name : names) {
            scopes.add(Scope.parse(name.asText()).orElseThrow(KeyRequest::notScopes));
        }
        if (!names.isArray() || scopes.isEmpty()) {
            throw notScopes();
        }
        return scopes;
    }

    private static RefusedException notScopes() {
        return RefusedException.invalid(
                "scopes", "scopes must be a list of admin, enroll, recognize, read and directory");
    }

    private static @Nullable Instant expiry(JsonNode json, Instant now) {
        String text = text(json, "expires_at");
        Instant expiresAt = text == null ? null : Fields.instant("expires_at", text);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw RefusedException.invalid("expires_at", "expires_at must be in the future");
        }
        return expiresAt;
    }

    private static @Nullable String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw RefusedException.invalid(field, field + " must be a string");
        }
        return value.textValue();
    }
}
