package dev.rollcall.http.api;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.CorrectMarks;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.ListAttendance;
import dev.rollcall.attendance.MarkFilter;
import dev.rollcall.attendance.MarkOrder;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.MayBeEmpty;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** GET and POST /v1/attendance. */
@Path("/v1/attendance")
@Tag(name = "attendance", description = "Attendance marks")
public final class AttendanceResource {

    private final ListAttendance listAttendance;
    private final CorrectMarks correctMarks;

    @Inject
    AttendanceResource(ListAttendance listAttendance, CorrectMarks correctMarks) {
        this.listAttendance = listAttendance;
        this.correctMarks = correctMarks;
    }

    /** Whose marks, and where and when they were made; null for any value. */
    record Filter(
            @QueryParam("user_id") @Nullable String userId,

            @Parameter(
                    description = "Marks of people who are in this group now; empty for people without one",
                    allowEmptyValue = true)
            @MayBeEmpty
            @QueryParam("group")
            @Nullable
            String group,

            @Parameter(description = "Marks made at this site") @QueryParam("site") @Nullable
            String site,

            @Parameter(description = "Marks made with this API key, such as a device's") @QueryParam("key_id") @Nullable
            String keyId,

            @Parameter(
                    description = "How the marks came about",
                    schema =
                            @Schema(
                                    type = SchemaType.STRING,
                                    enumeration = {"device", "manual", "late", "import", "pin"}))
            @QueryParam("source")
            @Nullable
            String source,

            @Parameter(
                    description = "The first work date, included",
                    schema = @Schema(type = SchemaType.STRING, format = "date"))
            @QueryParam("from")
            @Nullable
            String from,

            @Parameter(
                    description = "The last work date, included",
                    schema = @Schema(type = SchemaType.STRING, format = "date"))
            @QueryParam("to")
            @Nullable
            String to,

            @Parameter(
                    description = "The earliest time of a mark, included",
                    schema = @Schema(type = SchemaType.STRING, format = "date-time"))
            @QueryParam("from_time")
            @Nullable
            String fromTime,

            @Parameter(
                    description = "The latest time of a mark, excluded",
                    schema = @Schema(type = SchemaType.STRING, format = "date-time"))
            @QueryParam("to_time")
            @Nullable
            String toTime,

            @Context UriInfo request) {

        MarkFilter with(StandingFilter standing) {
            return new MarkFilter(
                    new MarkFilter.Whose(ListQuery.userId(userId), ListQuery.label(request, "group", group)),
                    new MarkFilter.Made(
                            ListQuery.site(site),
                            ListQuery.word("key_id", keyId),
                            ListQuery.constantOrNull("source", source, Source.class)),
                    standing.parsed(),
                    new MarkFilter.Days(ListQuery.date("from", from), ListQuery.date("to", to)),
                    new MarkFilter.Times(
                            ListQuery.instant("from_time", fromTime), ListQuery.instant("to_time", toTime)));
        }
    }

    /** What the marks are now; null for any value. */
    record StandingFilter(
            @Parameter(
                    description = "present, if it is not given: marks that count; voided; replaced; or all",
                    schema =
                            @Schema(
                                    type = SchemaType.STRING,
                                    enumeration = {"present", "voided", "replaced", "all"}))
            @QueryParam("state")
            @Nullable
            String state,

            @Parameter(
                    description = "Marks with this direction, as it results from those that count",
                    schema =
                            @Schema(
                                    type = SchemaType.STRING,
                                    enumeration = {"in", "out"}))
            @QueryParam("direction")
            @Nullable
            String direction,

            @Parameter(
                    description = "Marks that a correction has voided, replaced or made; or the others",
                    schema = @Schema(type = SchemaType.BOOLEAN))
            @QueryParam("corrected")
            @Nullable
            String corrected) {

        MarkFilter.Standing parsed() {
            return new MarkFilter.Standing(
                    ListQuery.markState(state),
                    ListQuery.constantOrNull("direction", direction, Direction.class),
                    ListQuery.flag("corrected", corrected));
        }
    }

    /** How the marks are listed. */
    record PageOfMarks(
            @Parameter(
                    description = "written, if it is not given: in the order of writing; oldest or newest: by time",
                    schema =
                            @Schema(
                                    type = SchemaType.STRING,
                                    enumeration = {"written", "oldest", "newest"}))
            @QueryParam("order")
            @Nullable
            String order,

            @Parameter(
                    description = "Whether the response also says how many marks all pages have",
                    schema = @Schema(type = SchemaType.BOOLEAN))
            @QueryParam("total")
            @Nullable
            String total) {}

    /** Neither the page nor the total is computed if the client has them already. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ)
    @Blocking
    @Operation(operationId = "listAttendance", summary = "List marks; those that count, if nothing else is asked for")
    public ItemList<MarkView> list(
            @BeanParam Filter filter,
            @BeanParam StandingFilter standing,
            @BeanParam PageOfMarks page,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next,
            @Parameter(description = "The ETag of the page as it was: if nothing has changed, the response is 304")
                    @HeaderParam(EntityTags.IF_NONE_MATCH)
                    @Nullable
                    String known,
            @Context RoutingContext context) {
        MarkOrder order = ListOrder.ofMarks(page.order());
        Query query = new Query(
                filter.with(standing), order, ListQuery.afterMark(next, order).orElse(null), ListQuery.limit(limit));
        boolean withTotal = ListQuery.total(page.total());
        String version = EntityTags.of(listAttendance.version(), query.toString(), Boolean.toString(withTotal));
        if (EntityTags.isKnown(known, version)) {
            throw EntityTags.notModified(EntityTags.weak(version));
        }
        context.response().putHeader(HttpHeaders.ETAG, EntityTags.weak(version));
        Long total = withTotal ? (Long) listAttendance.total(query.filter()) : null;
        return ItemList.of(listAttendance.page(query).map(this::view), total);
    }

    private MarkView view(MarkOfPerson row) {
        return MarkView.of(row, listAttendance.zone(row.origin().site()));
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.NOT_ENROLLED, Code.MARK_EXISTS, Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(operationId = "addMark", summary = "Enter a mark manually, or ask for the approval to do so")
    public CorrectionView.Result add(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = CorrectionBodies.ManualMark.class)))
                    InputStream body) {
        KeyHolder holder = KeyHolder.of(context);
        CorrectionRequests.Added added = CorrectionRequests.addition(body, headers.getLength(), holder.site());
        return CorrectionView.Result.of(correctMarks.add(added.addition(), added.reason(), holder.caller()));
    }
}
