package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.ApiKeyFilter;
import dev.rollcall.http.access.Visitor;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.DeviceVersion;
import dev.rollcall.keys.Pairings;
import dev.rollcall.keys.Pairings.Redeeming;
import dev.rollcall.keys.PhoneLinks;
import dev.rollcall.outcome.Code;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** POST /v1/me/redeem: the key of a person for whichever phone has the link. */
@Path("/v1/me/redeem")
@Tag(name = "phones", description = "The phone of one person")
public final class PhoneKeyResource {

    private final PhoneLinks links;

    @Inject
    PhoneKeyResource(PhoneLinks links) {
        this.links = links;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = {},
            refuses = {Code.PHONE_LINK_INVALID, Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.STORE_UNAVAILABLE},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "redeemPhoneLink",
            summary = "Trade the token of a link for an API key of its person, whose secret is only in this response")
    public KeyResource.Created redeem(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @Parameter(description = "The version of the phone's program, 1 to 64 printable characters of ASCII")
                    @HeaderParam(ApiKeyFilter.DEVICE_VERSION)
                    @Nullable
                    String version,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Bodies.PhoneToken.class)))
                    InputStream body) {
        String token = PhoneLinkRequest.token(body, headers.getLength());
        Visitor visitor = Visitor.of(context);
        Redeeming redeeming = links.redeem(
                token,
                new Pairings.Client(
                        visitor.network(), DeviceVersion.parse(version), visitor.caller(PhoneLinks.CALLER)));
        if (redeeming instanceof Redeeming.Paired paired) {
            return KeyResource.Created.of(paired.key());
        }
        throw new RefusedException(((Redeeming.Refused) redeeming).refusal());
    }
}
