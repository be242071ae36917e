package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Page;
import dev.rollcall.reports.TryShift;
import dev.rollcall.reports.TryShift.Trial;
import dev.rollcall.schedule.ManageShifts;
import dev.rollcall.schedule.ScheduleRefusals;
import dev.rollcall.schedule.Shift;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** GET and POST /v1/shifts; GET, PATCH and DELETE /v1/shifts/{shift}; POST /v1/shifts/{shift}/trial. */
@Path("/v1/shifts")
@Tag(name = "schedule", description = "Shifts, who works them, and holidays")
public final class ShiftResource {

    private static final String ID = "The shift's id";
    private static final String IF_MATCH =
            "The ETag of the shift as it was seen: if it looks otherwise now, the refusal is CONFLICT";

    private final ManageShifts shifts;
    private final TryShift trials;

    @Inject
    ShiftResource(ManageShifts shifts, TryShift trials) {
        this.shifts = shifts;
        this.trials = trials;
    }

    @Schema(name = "DeletedShift", description = "A shift that was deleted")
    record Deleted(@Schema(description = ID) String shift) {

        static Deleted example() {
            return new Deleted("early");
        }
    }

    /** The shifts are read all at once, since their number is limited. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ)
    @Blocking
    @Operation(operationId = "listShifts", summary = "List shifts by their ids")
    public ItemList<ShiftView> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next,
            @QueryParam("total") @Nullable String total) {
        int most = ListQuery.limit(limit);
        String after = ListQuery.afterSite(next).orElse("");
        boolean counts = ListQuery.total(total);
        List<Shift> all = shifts.shifts();
        List<Shift> oneMore = all.stream()
                .filter(shift -> shift.id().compareTo(after) > 0)
                .limit(most + 1L)
                .toList();
        return ItemList.of(
                Page.of(oneMore, most, Shift::id).map(ShiftView::of), counts ? (Long) (long) all.size() : null);
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.SHIFT_EXISTS},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(operationId = "createShift", summary = "Add a shift")
    public ShiftView create(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @Context RoutingContext routing,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = ShiftBodies.NewShiftBody.class)))
                    InputStream body) {
        return shown(
                RefusedException.unlessDone(shifts.create(
                        ShiftFields.newShift(body, headers.getLength()),
                        KeyHolder.of(context).caller())),
                routing);
    }

    @GET
    @Path("/{shift}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ, refuses = Code.SHIFT_NOT_FOUND)
    @Blocking
    @Operation(operationId = "readShift", summary = "Read one shift; its ETag is what If-Match takes")
    public ShiftView read(@Parameter(description = ID) @PathParam("shift") String id, @Context RoutingContext routing) {
        return shown(shifts.find(id).orElseThrow(() -> new RefusedException(ScheduleRefusals.noSuchShift())), routing);
    }

    @PATCH
    @Path("/{shift}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {
                Code.PAYLOAD_TOO_LARGE,
                Code.REQUEST_TIMEOUT,
                Code.SHIFT_NOT_FOUND,
                Code.SHIFTS_OVERLAP,
                Code.CONFLICT
            },
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "changeShift",
            summary = "Change a shift, on all days on which it is assigned, also past ones")
    @Parameter(
            name = EntityTags.IF_MATCH,
            in = ParameterIn.HEADER,
            description = IF_MATCH,
            schema = @Schema(type = SchemaType.STRING))
    public ShiftView change(
            @Parameter(description = ID) @PathParam("shift") String id,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @Context RoutingContext routing,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = ShiftBodies.ChangedShift.class)))
                    InputStream body) {
        Set<String> required = EntityTags.required(headers);
        return shown(
                RefusedException.unlessDone(shifts.change(
                        id,
                        ShiftFields.change(body, headers.getLength()),
                        required,
                        KeyHolder.of(context).caller())),
                routing);
    }

    @DELETE
    @Path("/{shift}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.SHIFT_NOT_FOUND, Code.SHIFT_IN_USE, Code.CONFLICT})
    @Blocking
    @Operation(operationId = "deleteShift", summary = "Delete a shift that has no assignments")
    @Parameter(
            name = EntityTags.IF_MATCH,
            in = ParameterIn.HEADER,
            description = IF_MATCH,
            schema = @Schema(type = SchemaType.STRING))
    public Deleted delete(
            @Parameter(description = ID) @PathParam("shift") String id,
            @Context HttpHeaders headers,
            @Context SecurityContext context) {
        Set<String> required = EntityTags.required(headers);
        return new Deleted(RefusedException.unlessDone(
                shifts.delete(id, required, KeyHolder.of(context).caller())));
    }

    @POST
    @Path("/{shift}/trial")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.SHEET,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.SHIFT_NOT_FOUND},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "tryShift",
            summary = "List the people and days that a change of a shift would change, without changing anything")
    public ItemList<TrialView> tryOut(
            @Parameter(description = ID) @PathParam("shift") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next,
            @Context HttpHeaders headers,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = ShiftBodies.TriedShift.class)))
                    InputStream body) {
        Trial wanted = ShiftFields.trial(id, body, headers.getLength());
        Trial trial = new Trial(
                id,
                wanted.rules(),
                wanted.whose(),
                wanted.range(),
                wanted.assigns(),
                ListQuery.afterSheet(next),
                ListQuery.limit(limit));
        return ItemList.of(trials.page(trial)
                .orElseThrow(() -> new RefusedException(ScheduleRefusals.noSuchShift()))
                .map(TrialView::of));
    }

    private static ShiftView shown(Shift shift, RoutingContext routing) {
        routing.response().putHeader(HttpHeaders.ETAG, EntityTags.strong(shift.version()));
        return ShiftView.of(shift);
    }
}
