package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.SessionCookie;
import dev.rollcall.http.access.Visitor;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.KeyRefusals;
import dev.rollcall.keys.Scope;
import dev.rollcall.keys.Sessions.StartedSession;
import dev.rollcall.keys.SetupLinks;
import dev.rollcall.outcome.Code;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** GET and PUT /v1/setup, how far the set-up has come; POST /v1/setup/redeem, a session for whoever has the link. */
@Path("/v1/setup")
@Tag(name = "session")
public final class SetupResource {

    /** What the audit log notes instead of a key. */
    private static final String CALLER = "setup-link";

    private final SetupLinks links;

    @Inject
    SetupResource(SetupLinks links) {
        this.links = links;
    }

    @Schema(name = "Setup", description = "How far the set-up of the service has come")
    record SetupView(
            @Schema(minimum = "1", maximum = "5", description = "The step that it is at, 1 to 4; 5 when it is done")
            int step) {

        static SetupView example() {
            return new SetupView(2);
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    @Operation(operationId = "readSetup", summary = "How far the set-up of the service has come")
    public SetupView read() {
        return new SetupView(links.step());
    }

    @PUT
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(operationId = "changeSetup", summary = "Note the step that the set-up is at, so that it can go on there")
    public SetupView change(
            @Context HttpHeaders headers,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Bodies.SetupStep.class)))
                    InputStream body) {
        return new SetupView(links.step(SetupRequest.step(body, headers.getLength())));
    }

    @POST
    @Path("/redeem")
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = {},
            refuses = {Code.SETUP_LINK_INVALID, Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.STORE_UNAVAILABLE},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "redeemSetupLink",
            summary =
                    "Trade the token of a link of the set-up for a session of an admin key; the response sets the cookie")
    public SessionResource.SessionView redeem(
            @Context HttpHeaders headers,
            @Context SecurityContext security,
            @Context RoutingContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Bodies.SetupToken.class)))
                    InputStream body) {
        String token = SetupRequest.token(body, headers.getLength());
        StartedSession started = links.open(token, Visitor.of(security).caller(CALLER))
                .orElseThrow(() -> new RefusedException(KeyRefusals.setupLinkInvalid()));
        SessionCookie.set(context, started);
        return SessionResource.SessionView.of(started.session());
    }
}
