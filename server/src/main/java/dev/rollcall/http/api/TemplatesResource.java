package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.ManagePeople;
import dev.rollcall.people.PeopleDirectory.ListedTemplate;
import dev.rollcall.people.PeopleDirectory.TemplateDeletion;
import dev.rollcall.people.PeopleRefusals;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.gallery.Gallery;
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
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** GET /v1/people/{user_id}/templates; DELETE /v1/people/{user_id}/templates/{template_id}. */
@Path("/v1/people/{user_id}/templates")
@Tag(name = "people", description = "Enrolled people")
public final class TemplatesResource {

    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final ManagePeople people;
    private final Gallery gallery;

    @Inject
    TemplatesResource(ManagePeople people, Gallery gallery) {
        this.people = people;
        this.gallery = gallery;
    }

    @Schema(name = "Template", description = "A stored template of a person, without its numbers")
    record TemplateView(
            @Schema(description = "The template's id, in the order of writing")
            long id,

            @Schema(description = "The id of the model that made it")
            String model,

            @Schema(description = "Length of the embedding before normalisation")
            double quality,

            @Schema(description = "When it was made") Instant createdAt,

            @Schema(description = "Whether it is stored encrypted")
            boolean encrypted) {

        static TemplateView example() {
            return new TemplateView(
                    17, "face-embedder@87aacdfe5751", 4.385, Instant.parse("2026-11-20T09:12:44.120551Z"), false);
        }

        static TemplateView of(ListedTemplate template) {
            return new TemplateView(
                    template.id(),
                    template.modelId(),
                    template.quality(),
                    template.createdAt(),
                    template.sealedWith() != null);
        }
    }

    @Schema(name = "DeletedTemplate", description = "A template that was deleted")
    record Deleted(
            @Schema(description = "The person's id") String userId,

            @Schema(description = "The deleted template's id")
            long templateId,

            @Schema(description = "How many templates of the model in use the person has left")
            int templates) {

        static Deleted example() {
            return new Deleted("geronimo", 17, 1);
        }
    }

    /** All templates on one page, since there are few. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ, refuses = Code.NOT_ENROLLED)
    @Blocking
    @Operation(
            operationId = "listTemplates",
            summary = "List all templates of a person, of every model, the oldest first")
    public ItemList<TemplateView> list(@PathParam("user_id") String userId) {
        List<ListedTemplate> templates =
                UserId.stored(userId).flatMap(people::templates).orElseThrow(TemplatesResource::notEnrolled);
        return new ItemList<>(templates.stream().map(TemplateView::of).toList(), null);
    }

    @DELETE
    @Path("/{template_id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.NOT_ENROLLED, Code.TEMPLATE_NOT_FOUND})
    @Blocking
    @Operation(
            operationId = "deleteTemplate",
            summary = "Delete one template of a person, irreversibly; it may be the last one")
    public Deleted delete(
            @PathParam("user_id") String userId,
            @Parameter(description = "The template's id") @PathParam("template_id") String templateId,
            @Context SecurityContext context) {
        UserId person = UserId.stored(userId).orElseThrow(TemplatesResource::notEnrolled);
        long id = ID.matcher(templateId).matches() ? Long.parseLong(templateId) : 0;
        Caller caller = KeyHolder.of(context).caller();
        TemplateDeletion deletion = people.deleteTemplate(person, id, caller);
        if (deletion instanceof TemplateDeletion.Deleted deleted) {
            gallery.catchUpIfPossible();
            return new Deleted(userId, id, deleted.templates());
        }
        throw deletion instanceof TemplateDeletion.NotEnrolled
                ? notEnrolled()
                : new RefusedException(PeopleRefusals.noSuchTemplate());
    }

    private static RefusedException notEnrolled() {
        return new RefusedException(PeopleRefusals.notEnrolled());
    }
}
