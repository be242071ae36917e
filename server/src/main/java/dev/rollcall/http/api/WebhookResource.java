package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.webhooks.ManageWebhooks;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** GET and POST /v1/webhooks; GET, PATCH and DELETE /v1/webhooks/{webhook}; POST /secret and /test of one. */
@Path("/v1/webhooks")
@Tag(name = "webhooks", description = "Signed events for other systems")
public final class WebhookResource {

    private static final String ID = "The webhook's id";

    private final ManageWebhooks webhooks;

    @Inject
    WebhookResource(ManageWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Schema(name = "DeletedWebhook", description = "A webhook that was deleted")
    record Deleted(@Schema(description = ID) String id) {

        static Deleted example() {
            return new Deleted("5d0c1f9a37be");
        }
    }

    @Schema(name = "TestedWebhook", description = "An event that is sent for a trial")
    record Tested(
            @Schema(description = "The id of its delivery, which says what becomes of it")
            long delivery) {

        static Tested example() {
            return new Tested(12);
        }
    }

    /** All at once, since their number is limited. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    @Operation(operationId = "listWebhooks", summary = "List all webhooks, the oldest first")
    public ItemList<WebhookView> list() {
        return new ItemList<>(webhooks.webhooks().stream().map(WebhookView::of).toList(), null);
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.TOO_MANY_WEBHOOKS},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(operationId = "createWebhook", summary = "Add a webhook, whose secret is only in this response")
    public WebhookView.WithSecret create(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = WebhookFields.NewWebhookBody.class)))
                    InputStream body) {
        return WebhookView.WithSecret.of(RefusedException.unlessDone(webhooks.create(
                WebhookFields.newWebhook(body, headers.getLength()),
                KeyHolder.of(context).caller())));
    }

    @GET
    @Path("/{webhook}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.WEBHOOK_NOT_FOUND)
    @Blocking
    @Operation(operationId = "readWebhook", summary = "Read one webhook")
    public WebhookView read(@Parameter(description = ID) @PathParam("webhook") String id) {
        return WebhookView.of(RefusedException.unlessDone(webhooks.read(id)));
    }

    @PATCH
    @Path("/{webhook}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.WEBHOOK_NOT_FOUND},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "changeWebhook",
            summary = "Change a webhook, pause it, or enable it again, also after the service has disabled it")
    public WebhookView change(
            @Parameter(description = ID) @PathParam("webhook") String id,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = WebhookFields.ChangedWebhook.class)))
                    InputStream body) {
        return WebhookView.of(RefusedException.unlessDone(webhooks.change(
                id,
                WebhookFields.change(body, headers.getLength()),
                KeyHolder.of(context).caller())));
    }

    @DELETE
    @Path("/{webhook}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.WEBHOOK_NOT_FOUND)
    @Blocking
    @Operation(operationId = "deleteWebhook", summary = "Delete a webhook with the log of its deliveries")
    public Deleted delete(
            @Parameter(description = ID) @PathParam("webhook") String id, @Context SecurityContext context) {
        return new Deleted(RefusedException.unlessDone(
                webhooks.delete(id, KeyHolder.of(context).caller())));
    }

    @POST
    @Path("/{webhook}/secret")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.WEBHOOK_NOT_FOUND},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Replace the secret of a webhook; the one before signs too for a while")
    public WebhookView.WithSecret rotate(
            @Parameter(description = ID) @PathParam("webhook") String id,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = WebhookFields.Rotation.class)))
                    InputStream body) {
        return WebhookView.WithSecret.of(RefusedException.unlessDone(webhooks.rotate(
                id,
                WebhookFields.overlap(body, headers.getLength()),
                KeyHolder.of(context).caller())));
    }

    @POST
    @Path("/{webhook}/test")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.WEBHOOK_NOT_FOUND)
    @Blocking
    @Operation(operationId = "testWebhook", summary = "Send an event for a trial")
    public Tested test(@Parameter(description = ID) @PathParam("webhook") String id, @Context SecurityContext context) {
        return new Tested(RefusedException.unlessDone(
                webhooks.test(id, KeyHolder.of(context).caller())));
    }
}
