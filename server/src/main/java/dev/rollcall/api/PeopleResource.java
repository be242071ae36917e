package dev.rollcall.api;

import dev.rollcall.people.UserId;
import dev.rollcall.usecase.Code;
import dev.rollcall.usecase.ManagePeople;
import dev.rollcall.usecase.PeopleStore.EnrolledPerson;
import dev.rollcall.usecase.Refusal;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** GET /v1/people; GET and DELETE /v1/people/{user_id}. */
@Path("/v1/people")
public final class PeopleResource {

    private final ManagePeople people;

    @Inject
    PeopleResource(ManagePeople people) {
        this.people = people;
    }

    /** Somebody enrolled. */
    record Item(String userId, String name, Instant createdAt, Instant updatedAt, int templates) {

        static Item of(EnrolledPerson person) {
            return new Item(
                    person.userId().value(), person.name(), person.createdAt(), person.updatedAt(), person.templates());
        }
    }

    /** One page of people; {@code next} leads to the following one. */
    record Items(List<Item> items, @Nullable String next) {}

    /** What an erasure did. */
    record Erased(String userId, int templatesRemoved, int marksKept) {}

    @GET
    @Blocking
    public Object list(@Context UriInfo uri) {
        try {
            ListQuery query = new ListQuery(uri.getQueryParameters());
            ManagePeople.Page page = people.page(Cursor.readUserId(query.cursor()), query.limit());
            List<Item> items = page.people().stream().map(Item::of).toList();
            return json(new Items(items, page.last().map(Cursor::of).orElse(null)));
        } catch (InvalidRequestException e) {
            return e.refusal();
        }
    }

    @GET
    @Path("/{user_id}")
    @Blocking
    public Object read(@PathParam("user_id") String userId) {
        return answer(userId, id -> people.read(id).map(Item::of));
    }

    @DELETE
    @Path("/{user_id}")
    @Blocking
    public Object erase(@PathParam("user_id") String userId) {
        return answer(userId, id -> people.erase(id)
                .map(erasure -> new Erased(id.value(), erasure.templatesRemoved(), erasure.marksKept())));
    }

    private static Object answer(String userId, Function<UserId, Optional<?>> question) {
        Optional<?> found = UserId.parse(userId).flatMap(question);
        return found.isPresent()
                ? json(found.get())
                : new Refusal(Code.NOT_ENROLLED, "Nobody is enrolled under this user_id.");
    }

    private static Response json(Object entity) {
        return Response.ok(entity, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
