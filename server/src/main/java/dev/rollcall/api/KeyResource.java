package dev.rollcall.api;

import dev.rollcall.security.ApiKeys;
import dev.rollcall.security.KeyHolder;
import dev.rollcall.security.Opens;
import dev.rollcall.usecase.ApiKey;
import dev.rollcall.usecase.Code;
import dev.rollcall.usecase.Refusal;
import dev.rollcall.usecase.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
    record Item(
            String id,
            String name,
            List<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {

        static Item of(ApiKey key) {
            return new Item(
                    key.id(),
                    key.name(),
                    key.scopes().stream().sorted().map(Scope::text).toList(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.lastUsedAt(),
                    key.revokedAt());
        }
    }

    /** All keys; there are few, so there is no next page. */
    record Items(List<Item> items, @Nullable String next) {}

    /** A key that was just made; {@code key} is what opens, and is shown only now. */
    record Made(
            String id,
            String key,
            String name,
            List<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt) {}

    @POST
    @Opens(Scope.ADMIN)
    @Blocking
    public Object create(@Context HttpHeaders headers, @Context SecurityContext context, InputStream body) {
        try {
            KeyRequest wanted = KeyRequest.read(body, headers.getLength(), clock.instant());
            ApiKeys.Made made = keys.create(
                    wanted.name(),
                    wanted.scopes(),
                    wanted.expiresAt(),
                    KeyHolder.of(context).caller());
            Item item = Item.of(made.key());
            return Response.status(Response.Status.CREATED)
                    .type(MediaType.APPLICATION_JSON)
                    .entity(new Made(
                            item.id(), made.secret(), item.name(), item.scopes(), item.createdAt(), item.expiresAt()))
                    .build();
        } catch (InvalidRequestException e) {
            return e.refusal();
        } catch (IOException e) {
            return new Refusal(Code.INVALID_REQUEST, "The request ended before it was complete.");
        }
    }

    @GET
    @Opens(Scope.ADMIN)
    @Blocking
    public Response list() {
        return json(new Items(keys.list().stream().map(Item::of).toList(), null));
    }

    @DELETE
    @Path("/{id}")
    @Opens(Scope.ADMIN)
    @Blocking
    public Object revoke(@PathParam("id") String id, @Context SecurityContext context) {
        return keys.revoke(id, KeyHolder.of(context).caller())
                .<Object>map(key -> json(Item.of(key)))
                .orElseGet(() -> new Refusal(Code.KEY_NOT_FOUND, "There is no API key with this id."));
    }

    private static Response json(Object entity) {
        return Response.ok(entity, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
