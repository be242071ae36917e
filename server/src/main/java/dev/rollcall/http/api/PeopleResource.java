package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Page;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.ManagePeople;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import dev.rollcall.people.PeopleStore.Erasure;
import dev.rollcall.people.UserId;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** GET /v1/people; GET and DELETE /v1/people/{user_id}; GET /v1/people/{user_id}/export. */
@Path("/v1/people")
public final class PeopleResource {

    private final ManagePeople people;

    @Inject
    PeopleResource(ManagePeople people) {
        this.people = people;
    }

    /** Somebody enrolled. */
    record PersonView(
            String userId,
            String name,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant consentAt,
            int templates) {

        static PersonView of(EnrolledPerson person) {
            return new PersonView(
                    person.userId().value(),
                    person.name(),
                    person.createdAt(),
                    person.updatedAt(),
                    person.consentAt(),
                    person.templates());
        }
    }

    /** What an erasure did. */
    record Erased(
            String userId,
            int templatesRemoved,
            int answersRemoved,
            int marksKept,
            int marksPseudonymised,
            int auditEntriesKept) {

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

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ)
    @Blocking
    public ItemList<PersonView> list(@Context UriInfo uri) {
        ListQuery query = new ListQuery(uri.getQueryParameters());
        UserId only = query.userId();
        Page<EnrolledPerson> page =
                only == null ? people.page(query.afterUserId(), query.limit()) : people.pageOf(only);
        return ItemList.of(page.map(PersonView::of));
    }

    @GET
    @Path("/{user_id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ)
    @Blocking
    public PersonView read(@PathParam("user_id") String userId) {
        return UserId.stored(userId).flatMap(people::read).map(PersonView::of).orElseThrow(PeopleResource::notEnrolled);
    }

    @DELETE
    @Path("/{user_id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    public Erased erase(@PathParam("user_id") String userId, @Context SecurityContext context) {
        Caller caller = KeyHolder.of(context).caller();
        return UserId.stored(userId)
                .flatMap(id -> people.erase(id, caller).map(erasure -> Erased.of(id, erasure)))
                .orElseThrow(PeopleResource::notEnrolled);
    }

    /** Everything that is held about a person, as one JSON object. */
    @GET
    @Path("/{user_id}/export")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    public String export(@PathParam("user_id") String userId, @Context SecurityContext context) {
        Caller caller = KeyHolder.of(context).caller();
        return UserId.stored(userId).flatMap(id -> people.export(id, caller)).orElseThrow(PeopleResource::notEnrolled);
    }

    private static RefusedException notEnrolled() {
        return new RefusedException(new Refusal(Code.NOT_ENROLLED, "Nobody is enrolled under this user_id."));
    }
}
