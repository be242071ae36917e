package dev.rollcall.api;

import dev.rollcall.people.UserId;
import dev.rollcall.security.KeyHolder;
import dev.rollcall.security.Opens;
import dev.rollcall.usecase.Caller;
import dev.rollcall.usecase.Code;
import dev.rollcall.usecase.ManagePeople;
import dev.rollcall.usecase.PeopleStore.EnrolledPerson;
import dev.rollcall.usecase.PeopleStore.Erasure;
import dev.rollcall.usecase.Refusal;
import dev.rollcall.usecase.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
    record Item(
            String userId,
            String name,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant consentAt,
            int templates) {

        static Item of(EnrolledPerson person) {
            return new Item(
                    person.userId().value(),
                    person.name(),
                    person.createdAt(),
                    person.updatedAt(),
                    person.consentAt(),
                    person.templates());
        }
    }

    /** One page of people; {@code next} leads to the following one. */
    record Items(List<Item> items, @Nullable String next) {}

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
    @Opens(Scope.READ)
    @Blocking
    public Object list(@Context UriInfo uri) {
        try {
            ListQuery query = new ListQuery(uri.getQueryParameters());
            UserId only = query.userId();
            ManagePeople.Page page =
                    only == null ? people.page(Cursor.readUserId(query.cursor()), query.limit()) : people.pageOf(only);
            List<Item> items = page.people().stream().map(Item::of).toList();
            return json(new Items(items, page.last().map(Cursor::of).orElse(null)));
        } catch (InvalidRequestException e) {
            return e.refusal();
        }
    }

    @GET
    @Path("/{user_id}")
    @Opens(Scope.READ)
    @Blocking
    public Object read(@PathParam("user_id") String userId) {
        return answer(userId, id -> people.read(id).map(Item::of));
    }

    @DELETE
    @Path("/{user_id}")
    @Opens(Scope.ADMIN)
    @Blocking
    public Object erase(@PathParam("user_id") String userId, @Context SecurityContext context) {
        Caller caller = KeyHolder.of(context).caller();
        return answer(userId, id -> people.erase(id, caller).map(erasure -> Erased.of(id, erasure)));
    }

    @GET
    @Path("/{user_id}/export")
    @Opens(Scope.ADMIN)
    @Blocking
    public Object export(@PathParam("user_id") String userId, @Context SecurityContext context) {
        Caller caller = KeyHolder.of(context).caller();
        return answer(userId, id -> people.export(id, caller));
    }

    private static Object answer(String userId, Function<UserId, Optional<?>> question) {
        Optional<?> found = UserId.stored(userId).flatMap(question);
        return found.isPresent()
                ? json(found.get())
                : new Refusal(Code.NOT_ENROLLED, "Nobody is enrolled under this user_id.");
    }

    private static Response json(Object entity) {
        return Response.ok(entity, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
