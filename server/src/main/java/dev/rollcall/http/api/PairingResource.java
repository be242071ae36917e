package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.ApiKeyFilter;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.access.Visitor;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.DeviceVersion;
import dev.rollcall.keys.KeyRefusals;
import dev.rollcall.keys.Pairing;
import dev.rollcall.keys.Pairings;
import dev.rollcall.keys.Pairings.Making;
import dev.rollcall.keys.Pairings.Redeeming;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** POST and GET /v1/pairings; DELETE /v1/pairings/{id}; POST /v1/pairings/redeem. */
@Path("/v1/pairings")
@Tag(name = "devices", description = "Kiosks, phones and other programs that mark")
public final class PairingResource {

    private final Pairings pairings;

    @Inject
    PairingResource(Pairings pairings) {
        this.pairings = pairings;
    }

    @Schema(name = "Pairing", description = "A code that was not used yet, without the code")
    record PairingView(
            @Schema(description = "The id of the pairing, which is no secret")
            String id,

            @Schema(description = "The name of the device that is to be paired")
            String name,

            @Schema(description = "The site of the device") String site,

            @Schema(description = "When the code was created")
            Instant createdAt,

            @Schema(description = "Until when the code is valid")
            Instant expiresAt,

            @Schema(description = "The API key that created it, or API_KEY; null if it is not known") @Nullable
            String keyId) {

        static PairingView example() {
            return new PairingView(
                    "c2b7f01d93aa",
                    "kiosk at the north gate",
                    "default",
                    Instant.parse("2026-11-20T09:12:44.120551Z"),
                    Instant.parse("2026-11-20T09:22:44.120551Z"),
                    "API_KEY");
        }

        static PairingView of(Pairing pairing) {
            return new PairingView(
                    pairing.id(),
                    pairing.name(),
                    pairing.site(),
                    pairing.createdAt(),
                    pairing.expiresAt(),
                    pairing.keyId());
        }
    }

    @Schema(name = "NewPairing", description = "A code for one device")
    record Created(
            @Schema(description = "The id of the pairing, which is no secret")
            String id,

            @Schema(description = "The code, which is to be typed into the device; only this response has it")
            String code,

            @Schema(description = "The name of the device that is to be paired")
            String name,

            @Schema(description = "The site of the device") String site,

            @Schema(description = "When the code was created")
            Instant createdAt,

            @Schema(description = "Until when the code is valid")
            Instant expiresAt) {

        static Created example() {
            PairingView pairing = PairingView.example();
            return new Created(
                    pairing.id(), "7K3MPQ", pairing.name(), pairing.site(), pairing.createdAt(), pairing.expiresAt());
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
    @Operation(
            operationId = "createPairing",
            summary = "Create a code that one device can trade for an API key within ten minutes")
    public Created create(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Bodies.NewPairing.class)))
                    InputStream body) {
        DeviceRequest.NewPairing wanted = DeviceRequest.pairing(body, headers.getLength());
        Making making = pairings.create(
                wanted.name(), wanted.site(), KeyHolder.of(context).caller());
        if (making instanceof Making.Made made) {
            Pairing pairing = made.pairing();
            return new Created(
                    pairing.id(),
                    made.code(),
                    pairing.name(),
                    pairing.site(),
                    pairing.createdAt(),
                    pairing.expiresAt());
        }
        throw new RefusedException(((Making.Refused) making).refusal());
    }

    /** All on one page, since there are few. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    @Operation(operationId = "listPairings", summary = "List the codes that were not used yet, without the codes")
    public ItemList<PairingView> list() {
        return new ItemList<>(pairings.list().stream().map(PairingView::of).toList(), null);
    }

    @DELETE
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.PAIRING_NOT_FOUND)
    @Blocking
    @Operation(operationId = "cancelPairing", summary = "Cancel a code that was not used yet")
    public PairingView cancel(
            @Parameter(description = "The id of the pairing") @PathParam("id") String id,
            @Context SecurityContext context) {
        return pairings.cancel(id, KeyHolder.of(context).caller())
                .map(PairingView::of)
                .orElseThrow(() -> new RefusedException(KeyRefusals.pairingNotFound()));
    }

    @POST
    @Path("/redeem")
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = {},
            refuses = {Code.PAIRING_CODE_INVALID, Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.STORE_UNAVAILABLE},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "redeemPairing",
            summary = "Trade a code for an API key of the scope recognize, whose secret is only in this response")
    public KeyResource.Created redeem(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @Parameter(description = "The version of the device's program, 1 to 64 printable characters of ASCII")
                    @HeaderParam(ApiKeyFilter.DEVICE_VERSION)
                    @Nullable
                    String version,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Bodies.PairingCode.class)))
                    InputStream body) {
        String code = DeviceRequest.code(body, headers.getLength());
        Visitor visitor = Visitor.of(context);
        Pairings.Client client =
                new Pairings.Client(visitor.network(), DeviceVersion.parse(version), visitor.caller(Pairings.CALLER));
        Redeeming redeeming = pairings.redeem(code, client);
        if (redeeming instanceof Redeeming.Paired paired) {
            return KeyResource.Created.of(paired.key());
        }
        throw new RefusedException(((Redeeming.Refused) redeeming).refusal());
    }
}
