package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.MayBeEmpty;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.ManagePeople;
import dev.rollcall.people.PeopleDirectory.Changing;
import dev.rollcall.people.PeopleOrder;
import dev.rollcall.people.PeopleQuery;
import dev.rollcall.people.PeopleRefusals;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import dev.rollcall.people.PeopleStore.Erasure;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.gallery.Gallery;
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
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/people; GET, PATCH and DELETE /v1/people/{user_id}; GET /v1/people/{user_id}/export. */
@Path("/v1/people")
@Tag(name = "people", description = "Enrolled people")
public final class PeopleResource {

    private final ManagePeople people;
    private final Gallery gallery;

    @Inject
    PeopleResource(ManagePeople people, Gallery gallery) {
        this.people = people;
        this.gallery = gallery;
    }

    /** The counts of an erasure. */
    @Schema(name = "Erasure", description = "What an erasure removed and kept")
    record Erased(
            @Schema(description = "The erased person's id") String userId,

            @Schema(description = "How many templates were removed")
            int templatesRemoved,

            @Schema(description = "How many stored responses for repeated requests were removed")
            int answersRemoved,

            @Schema(description = "How many marks were kept under the user_id")
            int marksKept,

            @Schema(description = "How many marks were kept under a random pseudonym")
            int marksPseudonymised,

            @Schema(description = "How many entries of the audit log were kept")
            int auditEntriesKept) {

        static Erased example() {
            return new Erased("geronimo", 1, 0, 2, 0, 3);
        }

        static Erased of(UserId userId, Erasure erasure) {
            return new Erased(
                    userId.value(),
                    erasure.templatesRemoved(),
                    erasure.answersRemoved(),
                    erasure.marksKept(),
                    erasure.marksPseudonymised(),
                    erasure.auditEntriesKept());
        }
    }

    /** Who is listed; null for everybody. */
    record Filter(
            @QueryParam("user_id") @Nullable String userId,

            @Parameter(
                    description = "A part of the user_id, the name or the external_id, in capitals or not",
                    allowEmptyValue = true,
                    schema = @Schema(type = SchemaType.STRING, maxLength = PersonName.MAX_LENGTH))
            @MayBeEmpty
            @QueryParam("q")
            @Nullable
            String q,

            @Parameter(description = "People of this group; empty for people without one", allowEmptyValue = true)
            @MayBeEmpty
            @QueryParam("group")
            @Nullable
            String group,

            @Parameter(
                    description = "People who are bound to this site; empty for people who are bound to none",
                    allowEmptyValue = true)
            @MayBeEmpty
            @QueryParam("site")
            @Nullable
            String site,

            @Parameter(description = "Active people, or the others", schema = @Schema(type = SchemaType.BOOLEAN))
            @QueryParam("active")
            @Nullable
            String active,

            @Parameter(
                    description = "People with templates of the model in use, or the others",
                    schema = @Schema(type = SchemaType.BOOLEAN))
            @QueryParam("has_templates")
            @Nullable
            String hasTemplates,

            @Context UriInfo request) {

        PeopleQuery.Filter parsed() {
            return new PeopleQuery.Filter(
                    ListQuery.userId(userId),
                    ListQuery.searched("q", q),
                    ListQuery.label(request, "group", group),
                    ListQuery.label(request, "site", site),
                    ListQuery.flag("active", active),
                    ListQuery.flag("has_templates", hasTemplates));
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ)
    @Blocking
    @Operation(operationId = "listPeople", summary = "List and search the enrolled people")
    public ItemList<PersonView> list(
            @BeanParam Filter filter,
            @Parameter(
                            description =
                                    "What people are sorted by: user_id (if it is not given), name, created_at or updated_at; after a minus in descending order")
                    @QueryParam("sort")
                    @Nullable
                    String sort,
            @Parameter(
                            description =
                                    "newest or oldest: who was enrolled last or first comes first; not together with sort",
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
        PeopleOrder sorted = ListOrder.ofPeople(sort, order);
        PeopleQuery query = new PeopleQuery(
                filter.parsed(), sorted, ListQuery.afterPerson(next, sorted).orElse(null), ListQuery.limit(limit));
        Long count = ListQuery.total(total) ? (Long) people.count(query.filter()) : null;
        return ItemList.of(people.page(query).map(PersonView::of), count);
    }

    @GET
    @Path("/{user_id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ, refuses = Code.NOT_ENROLLED)
    @Blocking
    @Operation(operationId = "readPerson", summary = "Read one person")
    public PersonView read(@PathParam("user_id") String userId) {
        return UserId.stored(userId).flatMap(people::read).map(PersonView::of).orElseThrow(PeopleResource::notEnrolled);
    }

    @PATCH
    @Path("/{user_id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.NOT_ENROLLED, Code.EXTERNAL_ID_TAKEN, Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "changePerson",
            summary = "Change the fields of a person that the body has; null removes group, external_id or site")
    public PersonView change(
            @PathParam("user_id") String userId,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Bodies.ChangedPerson.class)))
                    InputStream body) {
        PersonChange change = PersonRequest.read(body, headers.getLength());
        Caller caller = KeyHolder.of(context).caller();
        Changing changing = UserId.stored(userId)
                .map(id -> people.change(id, change, caller))
                .orElseThrow(PeopleResource::notEnrolled);
        PersonView changed = PersonView.of(changed(changing));
        gallery.catchUpIfPossible();
        return changed;
    }

    private static EnrolledPerson changed(Changing changing) {
        if (changing instanceof Changing.Changed changed) {
            return changed.person();
        }
        if (changing instanceof Changing.ExternalIdTaken taken) {
            throw new RefusedException(PeopleRefusals.externalIdTaken(taken.holder()));
        }
        throw changing instanceof Changing.UnknownSite
                ? new RefusedException(PeopleRefusals.unknownSite())
                : notEnrolled();
    }

    @DELETE
    @Path("/{user_id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.NOT_ENROLLED)
    @Blocking
    @Operation(operationId = "erasePerson", summary = "Erase a person with all templates, irreversibly")
    public Erased erase(@PathParam("user_id") String userId, @Context SecurityContext context) {
        Caller caller = KeyHolder.of(context).caller();
        Erased erased = UserId.stored(userId)
                .flatMap(id -> people.erase(id, caller).map(erasure -> Erased.of(id, erasure)))
                .orElseThrow(PeopleResource::notEnrolled);
        gallery.catchUpIfPossible();
        return erased;
    }

    @GET
    @Path("/{user_id}/export")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.NOT_ENROLLED)
    @Blocking
    @Operation(
            operationId = "exportPerson",
            summary = "Export everything that is stored about a person, as one JSON object")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PersonExport.class)))
    public String export(@PathParam("user_id") String userId, @Context SecurityContext context) {
        Caller caller = KeyHolder.of(context).caller();
        return UserId.stored(userId).flatMap(id -> people.export(id, caller)).orElseThrow(PeopleResource::notEnrolled);
    }

    private static RefusedException notEnrolled() {
        return new RefusedException(PeopleRefusals.notEnrolled());
    }
}
