package dev.rollcall.http.api;

import dev.rollcall.badges.Badges;
import dev.rollcall.badges.Badges.Replacing;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** POST /v1/sites/{id}/badge-key. */
@Path("/v1/sites/{id}/badge-key")
@Tag(name = "badges")
public final class BadgeKeyResource {

    private final Badges badges;

    @Inject
    BadgeKeyResource(Badges badges) {
        this.badges = badges;
    }

    @Schema(name = "BadgeKeyReplaced", description = "The new key of a site's badges, which nobody is shown")
    record Replaced(
            @Schema(description = "The site's id") String site,

            @Schema(description = "Since when there is this key; badges that were printed before are not valid")
            Instant madeAt) {

        static Replaced example() {
            return new Replaced("default", Instant.parse("2026-11-20T09:12:44.120551Z"));
        }
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.SITE_NOT_FOUND)
    @Blocking
    @Operation(
            operationId = "replaceBadgeKey",
            summary = "Replace the key that signs a site's badges, which ends all of them, irreversibly")
    public Replaced replace(
            @Parameter(description = "The site's id") @PathParam("id") String id, @Context SecurityContext context) {
        Replacing replacing = badges.replaceKey(id, KeyHolder.of(context).caller());
        if (replacing instanceof Replacing.Refused refused) {
            throw new RefusedException(refused.refusal());
        }
        return new Replaced(id, ((Replacing.Replaced) replacing).at());
    }
}
