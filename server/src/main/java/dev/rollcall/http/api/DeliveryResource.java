package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.webhooks.Delivery;
import dev.rollcall.webhooks.ManageWebhooks;
import dev.rollcall.webhooks.WebhookStore.Query;
import dev.rollcall.webhooks.WebhookStore.Replay;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/webhooks/{webhook}/deliveries; POST /replay of these, and of one. */
@Path("/v1/webhooks/{webhook}/deliveries")
@Tag(name = "webhooks", description = "Signed events for other systems")
public final class DeliveryResource {

    private static final String ID = "The webhook's id";

    private final ManageWebhooks webhooks;

    @Inject
    DeliveryResource(ManageWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Schema(name = "Replayed", description = "How much is delivered again")
    record Replayed(
            @Schema(description = "How many deliveries wait again")
            long deliveries) {

        static Replayed example() {
            return new Replayed(3);
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.WEBHOOK_NOT_FOUND)
    @Blocking
    @Operation(operationId = "listDeliveries", summary = "List the deliveries of a webhook, the latest first")
    public ItemList<DeliveryView> list(
            @Parameter(description = ID) @PathParam("webhook") String id,
            @Parameter(
                            description = "Those in this state",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"waiting", "delivered", "failed"}))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next) {
        return ItemList.of(RefusedException.unlessDone(webhooks.deliveries(new Query(
                        id,
                        ListQuery.constantOrNull("state", state, Delivery.DeliveryState.class),
                        ListQuery.afterNumber(next).orElse(null),
                        ListQuery.limit(limit))))
                .map(DeliveryView::of));
    }

    @POST
    @Path("/replay")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.WEBHOOK_NOT_FOUND},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(operationId = "replayDeliveries", summary = "Deliver events from an instant on again")
    public Replayed replay(
            @Parameter(description = ID) @PathParam("webhook") String id,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = WebhookFields.ReplayBody.class)))
                    InputStream body) {
        Replay.Since since = WebhookFields.since(body, headers.getLength());
        return new Replayed(RefusedException.unlessDone(
                webhooks.replay(id, since, KeyHolder.of(context).caller())));
    }

    @POST
    @Path("/{delivery}/replay")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.WEBHOOK_NOT_FOUND, Code.DELIVERY_NOT_FOUND})
    @Blocking
    @Operation(operationId = "replayDelivery", summary = "Deliver one event again")
    public Replayed replayOne(
            @Parameter(description = ID) @PathParam("webhook") String id,
            @Parameter(description = "The delivery's id") @PathParam("delivery") String delivery,
            @Context SecurityContext context) {
        return new Replayed(RefusedException.unlessDone(webhooks.replay(
                id,
                new Replay.One(EntryNumber.of(delivery)),
                KeyHolder.of(context).caller())));
    }
}
