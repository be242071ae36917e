package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.ManagePeople;
import dev.rollcall.people.PeopleDirectory.Declaring;
import dev.rollcall.people.PeopleDirectory.LookAlike;
import dev.rollcall.people.PeopleRefusals;
import dev.rollcall.people.UserId;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** GET /v1/people/{user_id}/look-alikes; PUT and DELETE /v1/people/{user_id}/look-alikes/{other_user_id}. */
@Path("/v1/people/{user_id}/look-alikes")
@Tag(name = "people", description = "Enrolled people")
public final class LookAlikesResource {

    private final ManagePeople people;

    @Inject
    LookAlikesResource(ManagePeople people) {
        this.people = people;
    }

    @Schema(name = "LookAlike", description = "A person who was declared to look like another one")
    record LookAlikeView(
            @Schema(description = "The other person's id") String userId,
            @Schema(description = "The other person's name") String name,

            @Schema(description = "When it was declared") Instant declaredAt) {

        static LookAlikeView example() {
            return new LookAlikeView("manuel", "Manuel", Instant.parse("2026-11-26T08:30:00Z"));
        }

        static LookAlikeView of(LookAlike person) {
            return new LookAlikeView(person.userId().value(), person.name(), person.declaredAt());
        }
    }

    /** All on one page, since there are few. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.NOT_ENROLLED)
    @Blocking
    @Operation(operationId = "listLookAlikes", summary = "List the people who were declared to look like a person")
    public ItemList<LookAlikeView> list(@PathParam("user_id") String userId) {
        return items(UserId.stored(userId)
                .flatMap(people::lookAlikes)
                .orElseThrow(() -> refused(PeopleRefusals.notEnrolled())));
    }

    @PUT
    @Path("/{other_user_id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.NOT_ENROLLED)
    @Blocking
    @Operation(
            operationId = "declareLookAlikes",
            summary = "Declare that two people look alike, such as twins; returns all look-alikes of the first one")
    public ItemList<LookAlikeView> declare(
            @PathParam("user_id") String userId,
            @Parameter(description = "The other person's id") @PathParam("other_user_id") String otherUserId,
            @Context SecurityContext context) {
        UserId person = UserId.stored(userId).orElseThrow(() -> refused(PeopleRefusals.notEnrolled()));
        UserId other = UserId.stored(otherUserId).orElseThrow(() -> refused(PeopleRefusals.otherNotEnrolled()));
        Declaring declaring =
                people.declareLookAlikes(person, other, KeyHolder.of(context).caller());
        if (declaring instanceof Declaring.Declared declared) {
            return items(declared.lookAlikes());
        }
        throw refused(refusal(declaring));
    }

    private static Refusal refusal(Declaring declaring) {
        if (declaring instanceof Declaring.SamePerson) {
            return PeopleRefusals.samePerson();
        }
        if (declaring instanceof Declaring.TooMany) {
            return PeopleRefusals.tooManyLookAlikes();
        }
        return declaring instanceof Declaring.OtherNotEnrolled
                ? PeopleRefusals.otherNotEnrolled()
                : PeopleRefusals.notEnrolled();
    }

    @DELETE
    @Path("/{other_user_id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.NOT_ENROLLED)
    @Blocking
    @Operation(
            operationId = "withdrawLookAlikes",
            summary = "Withdraw that two people look alike; returns the remaining look-alikes of the first one")
    public ItemList<LookAlikeView> withdraw(
            @PathParam("user_id") String userId,
            @Parameter(description = "The other person's id") @PathParam("other_user_id") String otherUserId,
            @Context SecurityContext context) {
        UserId person = UserId.stored(userId).orElseThrow(() -> refused(PeopleRefusals.notEnrolled()));
        UserId other = UserId.stored(otherUserId).orElseThrow(() -> refused(PeopleRefusals.otherNotEnrolled()));
        return items(
                people.withdrawLookAlikes(person, other, KeyHolder.of(context).caller())
                        .orElseThrow(() -> refused(PeopleRefusals.notEnrolled())));
    }

    private static ItemList<LookAlikeView> items(List<LookAlike> lookAlikes) {
        return new ItemList<>(lookAlikes.stream().map(LookAlikeView::of).toList(), null);
    }

    private static RefusedException refused(Refusal refusal) {
        return new RefusedException(refusal);
    }
}
