package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.JsonBody;
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

    private static final Set<String> FIELDS = Set.of("name", "scopes", "site", "expires_at");

    KeyRequest {
        scopes = Set.copyOf(scopes);
    }

    static KeyRequest read(InputStream body, long length, Instant now) {
        JsonBody json = JsonBody.read(body, length, FIELDS);
        return new KeyRequest(
                Fields.name("name", json.text("name")),
                scopes(json.value("scopes")),
                DeviceRequest.siteOrDefault(json.text("site")),
                expiry(json, now));
    }

    private static Set<Scope> scopes(@Nullable JsonNode names) {
        if (names == null || !names.isArray()) {
            throw notScopes();
        }
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (JsonNode name : names) {
            scopes.add(Scope.parse(name.asText()).filter(Scope::isForAnyKey).orElseThrow(KeyRequest::notScopes));
        }
        if (scopes.isEmpty()) {
            throw notScopes();
        }
        return scopes;
    }

    private static RefusedException notScopes() {
        return RefusedException.invalid(
                "scopes", "scopes must be a list of admin, enroll, recognize, read and directory");
    }

    private static @Nullable Instant expiry(JsonBody json, Instant now) {
        String text = json.text("expires_at");
        Instant expiresAt = text == null ? null : Fields.instant("expires_at", text);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw RefusedException.invalid("expires_at", "expires_at must be in the future");
        }
        return expiresAt;
    }
}
