package dev.rollcall.http.api;

import dev.rollcall.attendance.OwnMarks;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.ManagePeople;
import dev.rollcall.people.PeopleRefusals;
import dev.rollcall.people.UserId;
import dev.rollcall.sites.SitesInForce;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/me and /v1/me/marks: what the phone of a person needs to know, and the person's own marks. */
@Path("/v1/me")
@Tag(name = "phones", description = "The phone of one person")
public final class MeResource {

    private final ManagePeople people;
    private final OwnMarks marks;
    private final SitesInForce sites;
    private final KioskResource.Service service;
    private final Clock clock;

    @Inject
    MeResource(ManagePeople people, OwnMarks marks, SitesInForce sites, KioskResource.Service service, Clock clock) {
        this.people = people;
        this.marks = marks;
        this.sites = sites;
        this.service = service;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.KIOSK, scopes = Scope.SELF, refuses = Code.NOT_ENROLLED)
    @Blocking
    @Operation(
            operationId = "readMe",
            summary = "What a phone needs to know about its person, the site and the service's clock")
    public MeView read(@Context SecurityContext context) {
        KeyHolder holder = KeyHolder.of(context);
        return people.read(person(holder))
                .map(person -> MeView.of(person, holder, sites, service, clock.instant()))
                .orElseThrow(() -> new RefusedException(PeopleRefusals.notEnrolled()));
    }

    /** The month is not computed if the client has it already. */
    @GET
    @Path("/marks")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.SELF)
    @Blocking
    @Operation(
            operationId = "listOwnMarks",
            summary = "List the person's own marks of a month, with what became of them")
    public OwnMarksView marks(
            @QueryParam("month")
                    @Parameter(
                            description = "The month of the work dates; the present one if absent",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            pattern = "^\\d{4}-\\d{2}$",
                                            examples = "2026-11"))
                    @Nullable
                    String month,
            @Parameter(description = "The ETag of the month as it was: if nothing has changed, the response is 304")
                    @HeaderParam(EntityTags.IF_NONE_MATCH)
                    @Nullable
                    String known,
            @Context SecurityContext security,
            @Context RoutingContext context) {
        KeyHolder holder = KeyHolder.of(security);
        YearMonth wanted = ListQuery.month(month);
        YearMonth shown = wanted == null ? marks.monthAt(holder.site(), clock.instant()) : wanted;
        UserId person = person(holder);
        String version = EntityTags.of(marks.version(), person.value(), shown.toString());
        if (EntityTags.isKnown(known, version)) {
            throw EntityTags.notModified(EntityTags.weak(version));
        }
        context.response().putHeader(HttpHeaders.ETAG, EntityTags.weak(version));
        return OwnMarksView.of(marks.of(person, shown), marks::zone);
    }

    private static UserId person(KeyHolder holder) {
        return Objects.requireNonNull(holder.userId(), "a key of the scope self is a person's");
    }
}
