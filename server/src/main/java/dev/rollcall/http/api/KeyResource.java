package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.ApiKeys;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** POST and GET /v1/keys; DELETE /v1/keys/{id}. */
@Path("/v1/keys")
public final class KeyResource {

    private final ApiKeys keys;
    private final Clock clock;

    @Inject
    KeyResource(ApiKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A key without its secret. */
    record KeyView(
            String id,
            String name,
            List<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {

        static KeyView of(ApiKey key) {
            return new KeyView(
                    key.id(),
                    key.name(),
                    key.scopes().stream().sorted().map(Scope::text).toList(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.lastUsedAt(),
                    key.revokedAt());
        }
    }

    /** A key that was just made; {@code key} is what opens, and is shown only now. */
    record Made(
            String id,
            String key,
            String name,
            List<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt) {}

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    public Made create(@Context HttpHeaders headers, @Context SecurityContext context, InputStream body) {
        KeyRequest wanted = KeyRequest.read(body, headers.getLength(), clock.instant());
        ApiKeys.Made made = keys.create(
                wanted.name(),
                wanted.scopes(),
                wanted.expiresAt(),
                KeyHolder.of(context).caller());
        KeyView key = KeyView.of(made.key());
        return new Made(key.id(), made.secret(), key.name(), key.scopes(), key.createdAt(), key.expiresAt());
    }

    /** All keys; there are few, so there is no next page. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    public ItemList<KeyView> list() {
        return new ItemList<>(keys.list().stream().map(KeyView::of).toList(), null);
    }

    @DELETE
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    public KeyView revoke(@PathParam("id") String id, @Context SecurityContext context) {
        return keys.revoke(id, KeyHolder.of(context).caller())
                .map(KeyView::of)
                .orElseThrow(() ->
                        new RefusedException(new Refusal(Code.KEY_NOT_FOUND, "There is no API key with this id.")));
    }
}
