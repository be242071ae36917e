package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.MayBeEmpty;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.keys.Scope;
import dev.rollcall.people.ManagePeople;
import dev.rollcall.people.PeopleDirectory.ListedName;
import dev.rollcall.people.PeopleDirectory.NamesQuery;
import dev.rollcall.people.PersonName;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/directory: names for kiosks, and nothing else about people. */
@Path("/v1/directory")
@Tag(name = "people")
public final class DirectoryResource {

    private final ManagePeople people;

    @Inject
    DirectoryResource(ManagePeople people) {
        this.people = people;
    }

    @Schema(name = "DirectoryEntry", description = "The name of an active person")
    record NameView(
            @Schema(description = "The person's id") String userId,
            @Schema(description = "The person's name") String name) {

        static NameView example() {
            return new NameView("geronimo", "Geronimo");
        }

        static NameView of(ListedName person) {
            return new NameView(person.userId().value(), person.name());
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.KIOSK,
            scopes = {Scope.DIRECTORY, Scope.READ})
    @Blocking
    @Operation(
            operationId = "listDirectory",
            summary = "List and search the names of the active people of the key's site, by their user ids")
    public ItemList<NameView> list(
            @Context SecurityContext context,
            @Parameter(
                            description =
                                    "What the user_id, the name or a word of the name begins with, in capitals or not",
                            allowEmptyValue = true,
                            schema = @Schema(type = SchemaType.STRING, maxLength = PersonName.MAX_LENGTH))
                    @MayBeEmpty
                    @QueryParam("q")
                    @Nullable
                    String q,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next) {
        NamesQuery query = new NamesQuery(
                KeyHolder.of(context).site(),
                ListQuery.searched("q", q),
                ListQuery.afterName(next).orElse(null),
                ListQuery.limit(limit));
        return ItemList.of(people.names(query).map(NameView::of));
    }
}
