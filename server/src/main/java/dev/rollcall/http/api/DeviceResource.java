package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.DeviceState;
import dev.rollcall.keys.DeviceStore;
import dev.rollcall.keys.DeviceStore.Changing;
import dev.rollcall.keys.DeviceStore.Whose;
import dev.rollcall.keys.Devices;
import dev.rollcall.keys.KeyRefusals;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.UserId;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/devices; GET, PATCH and DELETE /v1/devices/{id}. */
@Path("/v1/devices")
@Tag(name = "devices", description = "Kiosks, phones and other programs that mark")
public final class DeviceResource {

    private static final String ID = "The id of the device";

    private final Devices devices;

    @Inject
    DeviceResource(Devices devices) {
        this.devices = devices;
    }

    /** Which devices are listed; null for all. */
    record Filter(
            @Parameter(
                    description = "Devices in this state",
                    schema =
                            @Schema(
                                    type = SchemaType.STRING,
                                    enumeration = {"active", "expired", "revoked"}))
            @QueryParam("state")
            @Nullable
            String state,

            @Parameter(description = "Devices of this site") @QueryParam("site") @Nullable
            String site,

            @Parameter(description = "Phones of this person") @QueryParam("user_id") @Nullable
            String userId,

            @Parameter(
                    description = "Phones of people; or the other devices",
                    schema = @Schema(type = SchemaType.BOOLEAN))
            @QueryParam("personal")
            @Nullable
            String personal) {

        DeviceStore.Filter parsed() {
            Optional<DeviceState> wanted = Optional.ofNullable(state).flatMap(DeviceState::parse);
            if (state != null && wanted.isEmpty()) {
                throw RefusedException.invalid("state", "state must be active, expired or revoked");
            }
            return new DeviceStore.Filter(wanted.orElse(null), ListQuery.site(site), whose());
        }

        private DeviceStore.@Nullable Whose whose() {
            UserId person = ListQuery.userId(userId);
            Boolean ofPeople = ListQuery.flag("personal", personal);
            if (person != null && ofPeople != null) {
                throw RefusedException.invalid("personal", "user_id and personal can't be used together");
            }
            if (person != null) {
                return new Whose.Person(person.value());
            }
            return ofPeople == null ? null : ofPeople ? new Whose.People() : new Whose.Nobody();
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    @Operation(operationId = "listDevices", summary = "List the devices, also expired and revoked ones")
    public ItemList<DeviceView> list(
            @BeanParam Filter filter,
            @Parameter(
                            description =
                                    "newest for the device that was paired last first, which it is if absent, or oldest",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"newest", "oldest"}))
                    @QueryParam("order")
                    @Nullable
                    String order,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next,
            @QueryParam("total") @Nullable String total) {
        DeviceStore.Query query = new DeviceStore.Query(
                filter.parsed(),
                ListOrder.oldestFirst(order),
                ListQuery.afterKey(next).orElse(null),
                ListQuery.limit(limit));
        boolean counts = ListQuery.total(total);
        return ItemList.of(devices.page(query).map(this::view), counts ? devices.count(query.filter()) : null);
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.DEVICE_NOT_FOUND)
    @Blocking
    @Operation(operationId = "readDevice", summary = "Read one device")
    public DeviceView read(@Parameter(description = ID) @PathParam("id") String id) {
        return devices.read(id).map(this::view).orElseThrow(DeviceResource::notFound);
    }

    @PATCH
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.DEVICE_NOT_FOUND, Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "changeDevice",
            summary = "Change the name or the site of a device, which hold from its next request on")
    public DeviceView change(
            @Parameter(description = ID) @PathParam("id") String id,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Bodies.ChangedDevice.class)))
                    InputStream body) {
        DeviceStore.Change change = DeviceRequest.change(body, headers.getLength());
        Changing changing = devices.change(id, change, KeyHolder.of(context).caller());
        if (changing instanceof Changing.Changed changed) {
            return view(changed.device());
        }
        if (changing instanceof Changing.OtherSite) {
            throw new RefusedException(KeyRefusals.otherSite());
        }
        throw changing instanceof Changing.UnknownSite ? new RefusedException(KeyRefusals.unknownSite()) : notFound();
    }

    @DELETE
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.DEVICE_NOT_FOUND)
    @Blocking
    @Operation(operationId = "revokeDevice", summary = "Revoke the key of a device; it is refused from now on")
    public DeviceView revoke(
            @Parameter(description = ID) @PathParam("id") String id, @Context SecurityContext context) {
        return devices.revoke(id, KeyHolder.of(context).caller())
                .map(this::view)
                .orElseThrow(DeviceResource::notFound);
    }

    private DeviceView view(ApiKey device) {
        return DeviceView.of(device, devices.state(device));
    }

    private static RefusedException notFound() {
        return new RefusedException(KeyRefusals.deviceNotFound());
    }
}
