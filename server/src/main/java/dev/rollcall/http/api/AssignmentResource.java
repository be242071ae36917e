package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.JsonBody;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import dev.rollcall.schedule.Assignment;
import dev.rollcall.schedule.Assignment.Assignee;
import dev.rollcall.schedule.Dates;
import dev.rollcall.schedule.ManageShifts;
import dev.rollcall.schedule.ShiftStore.AssignmentQuery;
import dev.rollcall.schedule.ShiftStore.DatesChange;
import dev.rollcall.schedule.ShiftStore.End;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
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
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
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

/** GET and POST /v1/assignments; PATCH and DELETE /v1/assignments/{assignment_id}. */
@Path("/v1/assignments")
@Tag(name = "schedule", description = "Shifts, who works them, and holidays")
public final class AssignmentResource {

    private static final String ID = "The assignment's id";
    private static final String FROM = "The first work date";
    private static final String TO = "The last work date; null for no end";

    private final ManageShifts shifts;

    @Inject
    AssignmentResource(ManageShifts shifts) {
        this.shifts = shifts;
    }

    @Schema(name = "Assignment", description = "Who works a shift, from one work date to another")
    record AssignmentView(
            @Schema(description = ID) long id,
            @Schema(description = "The shift's id") String shift,

            @Schema(description = "The person's id; null for a group") @Nullable
            String userId,

            @Schema(description = "The group, as people are in it now; null for a person") @Nullable
            String group,

            @Schema(description = FROM) LocalDate from,
            @Schema(description = TO) @Nullable LocalDate to,

            @Schema(description = "When it was added") Instant createdAt) {

        static AssignmentView example() {
            return new AssignmentView(
                    3,
                    "early",
                    null,
                    "red",
                    LocalDate.of(2026, 11, 1),
                    null,
                    Instant.parse("2026-10-28T09:12:44.120551Z"));
        }

        static AssignmentView of(Assignment assignment) {
            UserId userId = assignment.assignee().userId();
            return new AssignmentView(
                    assignment.id(),
                    assignment.shift(),
                    userId == null ? null : userId.value(),
                    assignment.assignee().group(),
                    assignment.dates().from(),
                    assignment.dates().to(),
                    assignment.createdAt());
        }
    }

    @Schema(name = "NewAssignmentRequest", description = "A person or a group, and a shift")
    record NewAssignment(
            @Schema(description = "The shift's id") String shift,

            @Schema(description = "A person's id, unless there is a group") @Nullable
            String userId,

            @Schema(
                    minLength = 1,
                    maxLength = PersonName.MAX_LENGTH,
                    description = "A group, unless there is a user_id")
            @Nullable
            String group,

            @Schema(description = FROM) LocalDate from,
            @Schema(description = TO) @Nullable LocalDate to) {

        static NewAssignment example() {
            return new NewAssignment("early", null, "red", LocalDate.of(2026, 11, 1), null);
        }
    }

    @Schema(name = "AssignmentChange", description = "The dates that change; others stay as they are")
    record ChangedAssignment(
            @Schema(description = FROM) @Nullable LocalDate from,
            @Clearable @Schema(description = TO) @Nullable LocalDate to) {

        static ChangedAssignment example() {
            return new ChangedAssignment(null, LocalDate.of(2026, 12, 31));
        }
    }

    @Schema(name = "DeletedAssignment", description = "An assignment that was deleted")
    record Deleted(@Schema(description = ID) long id) {

        static Deleted example() {
            return new Deleted(3);
        }
    }

    /** Which assignments are listed; null for any. */
    record Filter(
            @Parameter(description = "Those of this shift") @QueryParam("shift") @Nullable
            String shift,

            @QueryParam("user_id") @Nullable String userId,

            @Parameter(description = "Those of this group") @QueryParam("group") @Nullable
            String group,

            @Parameter(
                    description = "Those that hold on this work date",
                    schema = @Schema(type = SchemaType.STRING, format = "date"))
            @QueryParam("on")
            @Nullable
            String on) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ)
    @Blocking
    @Operation(operationId = "listAssignments", summary = "List who works which shift, in the order of writing")
    public ItemList<AssignmentView> list(
            @BeanParam Filter filter,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next) {
        return ItemList.of(shifts.assignments(new AssignmentQuery(
                        ListQuery.shift(filter.shift()),
                        ListQuery.userId(filter.userId()),
                        ListQuery.group(filter.group()),
                        ListQuery.date("on", filter.on()),
                        ListQuery.afterNumber(next).orElse(0L),
                        ListQuery.limit(limit)))
                .map(AssignmentView::of));
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {
                Code.PAYLOAD_TOO_LARGE,
                Code.REQUEST_TIMEOUT,
                Code.SHIFT_NOT_FOUND,
                Code.NOT_ENROLLED,
                Code.SHIFTS_OVERLAP
            },
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(operationId = "assignShift", summary = "Assign a shift to a person or a group")
    public AssignmentView assign(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = NewAssignment.class)))
                    InputStream body) {
        JsonBody json = JsonBody.read(body, headers.getLength(), Set.of("shift", "user_id", "group", "from", "to"));
        String shift = json.required("shift");
        LocalDate from = Fields.date("from", json.required("from"));
        LocalDate to = ListQuery.date("to", json.text("to"));
        if (to != null && to.isBefore(from)) {
            throw RefusedException.invalid("to", "to must not be before from");
        }
        return AssignmentView.of(RefusedException.unlessDone(shifts.assign(
                shift,
                assignee(json),
                new Dates(from, to),
                KeyHolder.of(context).caller())));
    }

    private static Assignee assignee(JsonBody json) {
        UserId userId = ListQuery.userId(json.text("user_id"));
        String group = json.text("group");
        if ((userId == null) == (group == null)) {
            throw RefusedException.invalid("user_id", "user_id or group is needed, and not both");
        }
        return userId != null ? Assignee.person(userId) : Assignee.group(Fields.name("group", group));
    }

    @PATCH
    @Path("/{assignment_id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.ASSIGNMENT_NOT_FOUND, Code.SHIFTS_OVERLAP},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(operationId = "changeAssignment", summary = "Change the dates of an assignment, such as its end")
    public AssignmentView change(
            @Parameter(description = ID) @PathParam("assignment_id") String id,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = ChangedAssignment.class)))
                    InputStream body) {
        JsonBody json = JsonBody.read(body, headers.getLength(), Set.of("from", "to"));
        JsonNode to = json.value("to");
        DatesChange change = new DatesChange(
                ListQuery.date("from", json.text("from")),
                to == null ? null : new End(ListQuery.date("to", json.text("to"))));
        return AssignmentView.of(RefusedException.unlessDone(
                shifts.change(EntryNumber.of(id), change, KeyHolder.of(context).caller())));
    }

    @DELETE
    @Path("/{assignment_id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.ASSIGNMENT_NOT_FOUND)
    @Blocking
    @Operation(
            operationId = "deleteAssignment",
            summary = "Delete an assignment, also for the past; to end one, change its end")
    public Deleted delete(
            @Parameter(description = ID) @PathParam("assignment_id") String id, @Context SecurityContext context) {
        return new Deleted(RefusedException.unlessDone(shifts.deleteAssignment(
                EntryNumber.of(id), KeyHolder.of(context).caller())));
    }
}
