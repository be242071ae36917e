package dev.rollcall.http.api;

import dev.rollcall.attendance.CorrectMarks;
import dev.rollcall.attendance.CorrectionRefusals;
import dev.rollcall.attendance.CorrectionStore;
import dev.rollcall.attendance.CorrectionStore.Event;
import dev.rollcall.attendance.ListAttendance;
import dev.rollcall.attendance.Reason;
import dev.rollcall.attendance.ShownMark;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Page;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.time.Instant;
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

/** GET /v1/attendance/{mark_id} and /history; POST /void, /correct and /undo of one. */
@Path("/v1/attendance/{mark_id}")
@Tag(name = "attendance", description = "Attendance marks")
public final class MarkResource {

    private static final String ID = "The mark's id";
    private static final String IF_MATCH =
            "The ETag of the mark as it was seen: if it looks otherwise now, the refusal is" + " CONFLICT";

    private final CorrectMarks marks;
    private final ListAttendance zones;

    @Inject
    MarkResource(CorrectMarks marks, ListAttendance zones) {
        this.marks = marks;
        this.zones = zones;
    }

    @Schema(name = "MarkEvent", description = "An event of a mark's history")
    record EventView(
            @Schema(implementation = CorrectionStore.Action.class)
            String action,

            @Schema(description = "When it happened") Instant at,

            @Schema(description = "The id of the API key that did it; null where there is none") @Nullable
            String keyId,

            @Schema(description = "The id of the API key that approved it; null where nobody had to") @Nullable
            String approvedBy,

            @Schema(description = "Why; null for a mark that was made, not by a correction") @Nullable
            String reason,

            @Schema(description = "The mark that was made, or voided")
            MarkView mark) {

        static EventView example() {
            return new EventView(
                    "marked",
                    Instant.parse("2026-11-22T07:58:12.706280Z"),
                    "3f9a0c41d2b7",
                    null,
                    null,
                    MarkView.replacedExample());
        }
    }

    /** A mark that a device has taken back. */
    @Schema(name = "UndoneMark", description = "A mark that doesn't count any more")
    record Undone(
            @Schema(description = "The mark's number") long id,

            @Schema(description = "The person's id") String userId,

            @Schema(description = "When the mark was made") Instant markedAt) {

        static Undone example() {
            return new Undone(1, "geronimo", Instant.parse("2026-11-22T07:58:12.706280Z"));
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ, refuses = Code.MARK_NOT_FOUND)
    @Blocking
    @Operation(operationId = "readMark", summary = "Read one mark; its ETag is what If-Match takes")
    public MarkView read(
            @Parameter(description = ID) @PathParam("mark_id") String id,
            @Parameter(description = "The ETag of the mark as it was: if it still looks so, the response is 304")
                    @HeaderParam(EntityTags.IF_NONE_MATCH)
                    @Nullable
                    String known,
            @Context RoutingContext context) {
        ShownMark mark = marks.read(EntryNumber.of(id)).orElseThrow(MarkResource::notFound);
        if (EntityTags.isKnown(known, mark.tag())) {
            throw EntityTags.notModified(EntityTags.strong(mark.tag()));
        }
        context.response().putHeader(HttpHeaders.ETAG, EntityTags.strong(mark.tag()));
        return MarkView.of(mark);
    }

    @GET
    @Path("/history")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ, refuses = Code.MARK_NOT_FOUND)
    @Blocking
    @Operation(
            operationId = "readMarkHistory",
            summary = "List what became of a mark, and of those instead of which it counts, the oldest first")
    public ItemList<EventView> history(
            @Parameter(description = ID) @PathParam("mark_id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next) {
        int most = ListQuery.limit(limit);
        long after = ListQuery.afterNumber(next).orElse(0L);
        Page<Event> page = marks.history(EntryNumber.of(id), after, most).orElseThrow(MarkResource::notFound);
        return ItemList.of(page.map(this::view));
    }

    private EventView view(Event event) {
        return new EventView(
                MarkView.word(event.action()),
                event.at(),
                event.keyId(),
                event.approvedBy(),
                event.reason(),
                MarkView.of(event.mark(), zones.zone(event.mark().origin().site())));
    }

    @POST
    @Path("/void")
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {
                Code.MARK_NOT_FOUND,
                Code.NOT_ENROLLED,
                Code.CONFLICT,
                Code.ALREADY_CORRECTED,
                Code.CORRECTION_PENDING,
                Code.PAYLOAD_TOO_LARGE,
                Code.REQUEST_TIMEOUT
            },
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "voidMark",
            summary = "Void a mark, which stays and doesn't count, or ask for the approval")
    @Parameter(
            name = EntityTags.IF_MATCH,
            in = ParameterIn.HEADER,
            description = IF_MATCH,
            schema = @Schema(type = SchemaType.STRING))
    public CorrectionView.Result makeVoid(
            @Parameter(description = ID) @PathParam("mark_id") String id,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = CorrectionBodies.Voiding.class)))
                    InputStream body) {
        Set<String> required = EntityTags.required(headers);
        Reason reason = CorrectionRequests.reason(body, headers.getLength());
        return CorrectionView.Result.of(marks.makeVoid(EntryNumber.of(id), required, reason, caller(context)));
    }

    @POST
    @Path("/correct")
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {
                Code.MARK_NOT_FOUND,
                Code.NOT_ENROLLED,
                Code.CONFLICT,
                Code.MARK_EXISTS,
                Code.ALREADY_CORRECTED,
                Code.CORRECTION_PENDING,
                Code.PAYLOAD_TOO_LARGE,
                Code.REQUEST_TIMEOUT
            },
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "correctMark",
            summary = "Enter a mark that counts instead of this one, which stays, or ask for the approval")
    @Parameter(
            name = EntityTags.IF_MATCH,
            in = ParameterIn.HEADER,
            description = IF_MATCH,
            schema = @Schema(type = SchemaType.STRING))
    public CorrectionView.Result correct(
            @Parameter(description = ID) @PathParam("mark_id") String id,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = CorrectionBodies.Change.class)))
                    InputStream body) {
        Set<String> required = EntityTags.required(headers);
        CorrectionRequests.Changed changed = CorrectionRequests.change(body, headers.getLength());
        return CorrectionView.Result.of(
                marks.change(EntryNumber.of(id), required, changed.change(), changed.reason(), caller(context)));
    }

    @POST
    @Path("/undo")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.KIOSK,
            scopes = {Scope.RECOGNIZE, Scope.SELF},
            refuses = {Code.MARK_NOT_FOUND, Code.ALREADY_CORRECTED, Code.UNDO_TOO_LATE})
    @Blocking
    @Operation(
            operationId = "undoMark",
            summary = "Take back the last mark that this API key made of a person, within UNDO_SECONDS")
    public Undone undo(@Parameter(description = ID) @PathParam("mark_id") String id, @Context SecurityContext context) {
        MarkView mark = CorrectionView.Result.of(marks.undo(EntryNumber.of(id), caller(context)))
                .mark();
        if (mark == null) {
            throw new IllegalStateException("an undone mark waits for nobody");
        }
        return new Undone(mark.id(), mark.userId(), mark.markedAt());
    }

    private static Caller caller(SecurityContext context) {
        return KeyHolder.of(context).caller();
    }

    private static RefusedException notFound() {
        return new RefusedException(CorrectionRefusals.noSuchMark());
    }
}
