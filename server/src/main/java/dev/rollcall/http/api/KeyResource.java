package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.ApiKeys;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.KeyRefusals;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Page;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** POST and GET /v1/keys; DELETE /v1/keys/{id}. */
@Path("/v1/keys")
@Tag(name = "keys", description = "API keys")
public final class KeyResource {

    private final ApiKeys keys;
    private final Clock clock;

    @Inject
    KeyResource(ApiKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A key without its secret. */
    @Schema(name = "ApiKey", description = "An API key without its secret")
    record KeyView(
            @Schema(description = "The key's id, which is no secret")
            String id,

            @Schema(description = "What the key is for") String name,

            @Schema(implementation = Scope.class, description = "What the key permits")
            List<String> scopes,

            @Schema(description = "The site that the key belongs to: where the marks are made that are made with it")
            String site,

            @Schema(description = "When the key was created")
            Instant createdAt,

            @Schema(description = "When the key expires; null for never") @Nullable
            Instant expiresAt,

            @Schema(description = "When the key was last used; updated at most once a minute; null if it was not used")
            @Nullable
            Instant lastUsedAt,

            @Schema(description = "When the key was revoked; null if it was not") @Nullable
            Instant revokedAt) {

        static KeyView example() {
            return new KeyView(
                    "3f9a0c41d2b7",
                    "kiosk at the entrance",
                    List.of("recognize"),
                    "default",
                    Instant.parse("2026-11-20T09:12:44.120551Z"),
                    null,
                    Instant.parse("2026-11-22T07:58:00Z"),
                    null);
        }

        static KeyView of(ApiKey key) {
            return new KeyView(
                    key.id(),
                    key.name(),
                    key.scopes().stream().sorted().map(Scope::text).toList(),
                    key.site(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.lastUsedAt(),
                    key.revokedAt());
        }
    }

    /** A new key; {@code key} is the secret, which only this response has. */
    @Schema(name = "NewApiKey", description = "A new API key with its secret")
    record Created(
            @Schema(description = "The key's id, which is no secret")
            String id,

            @Schema(description = "The secret; only this response has it")
            String key,

            @Schema(description = "What the key is for") String name,

            @Schema(implementation = Scope.class, description = "What the key permits")
            List<String> scopes,

            @Schema(description = "The site that the key belongs to: where the marks are made that are made with it")
            String site,

            @Schema(description = "When the key was created")
            Instant createdAt,

            @Schema(description = "When the key expires; null for never") @Nullable
            Instant expiresAt) {

        static Created example() {
            return new Created(
                    "3f9a0c41d2b7",
                    "rk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    "kiosk at the entrance",
                    List.of("recognize"),
                    "default",
                    Instant.parse("2026-11-20T09:12:44.120551Z"),
                    null);
        }

        static Created of(ApiKeys.CreatedKey created) {
            KeyView key = KeyView.of(created.key());
            return new Created(
                    key.id(), created.secret(), key.name(), key.scopes(), key.site(), key.createdAt(), key.expiresAt());
        }
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(operationId = "createKey", summary = "Create an API key; its secret is only in this response")
    public Created create(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Bodies.NewKey.class)))
                    InputStream body) {
        KeyRequest wanted = KeyRequest.read(body, headers.getLength(), clock.instant());
        Caller caller = KeyHolder.of(context).caller();
        return keys.create(wanted.name(), wanted.scopes(), wanted.site(), wanted.expiresAt(), caller)
                .map(Created::of)
                .orElseThrow(() -> new RefusedException(KeyRefusals.unknownSite()));
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    @Operation(operationId = "listKeys", summary = "List API keys, also expired and revoked ones, the oldest first")
    public ItemList<KeyView> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next,
            @QueryParam("total") @Nullable String total) {
        boolean counts = ListQuery.total(total);
        Page<ApiKey> page = keys.page(ListQuery.afterKey(next).orElse(null), ListQuery.limit(limit));
        return ItemList.of(page.map(KeyView::of), counts ? (Long) keys.count() : null);
    }

    @DELETE
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.KEY_NOT_FOUND)
    @Blocking
    @Operation(operationId = "revokeKey", summary = "Revoke an API key; it is refused from now on")
    public KeyView revoke(
            @Parameter(description = "The key's id") @PathParam("id") String id, @Context SecurityContext context) {
        return keys.revoke(id, KeyHolder.of(context).caller())
                .map(KeyView::of)
                .orElseThrow(() -> new RefusedException(KeyRefusals.keyNotFound()));
    }
}
