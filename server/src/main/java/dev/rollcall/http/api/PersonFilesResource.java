package dev.rollcall.http.api;

import dev.rollcall.audit.ExportLog;
import dev.rollcall.audit.OwnChain;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.PeopleRefusals;
import dev.rollcall.people.UserId;
import dev.rollcall.reports.Sheets;
import dev.rollcall.reports.files.CalendarFile;
import dev.rollcall.reports.files.MonthPdf;
import dev.rollcall.reports.files.Words;
import dev.rollcall.schedule.Dates;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.YearMonth;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/exports/people/{user_id}/month and /v1/exports/people/{user_id}/calendar. */
@Path("/v1/exports/people/{user_id}")
@Tag(name = "exports", description = "Marks and sheets as files")
public final class PersonFilesResource {

    private static final String PDF = "application/pdf";

    private final Sheets sheets;
    private final ExportLog log;
    private final OwnChain database;
    private final Clock clock;

    @Inject
    PersonFilesResource(Sheets sheets, ExportLog log, OwnChain database, Clock clock) {
        this.sheets = sheets;
        this.log = log;
        this.database = database;
        this.clock = clock;
    }

    /** The language of a file. */
    record Language(
            @Parameter(description = "The language of its words, such as de; en, if it is not given")
            @QueryParam("language")
            @Nullable
            String language) {

        Words words() {
            String first = Words.languages().get(0);
            return Words.in(language == null ? first : language)
                    .orElseThrow(() -> RefusedException.invalid(
                            "language", "language must be one of " + String.join(", ", Words.languages())));
        }
    }

    @GET
    @Path("/month")
    @Produces(PDF)
    @Call(admission = AdmissionClass.EXPORT, scopes = Scope.READ, refuses = Code.NOT_ENROLLED)
    @Blocking
    @Operation(operationId = "exportPersonMonth", summary = "A person's month as a PDF to be signed")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = PDF, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response month(
            @PathParam("user_id") String userId,
            @Parameter(description = "The month, such as 2026-10", required = true) @QueryParam("month") @Nullable
                    String month,
            @BeanParam Language language,
            @Context RoutingContext context,
            @Context SecurityContext security) {
        YearMonth asked = ListQuery.neededMonth(month);
        Words words = language.words();
        Sheets.Report report = report(userId, ListQuery.dates(asked));
        byte[] file = ExportFile.alone(() -> MonthPdf.of(report, asked, words, clock.instant()));
        return ExportFile.response(
                new ExportFile.Request(context, security, log),
                new ExportFile.Note("month", "pdf", report.sums().userId()),
                new ExportFile.Kind(PDF, "rollcall-" + userId + "-" + asked + ".pdf", false),
                out -> out.write(file));
    }

    @GET
    @Path("/calendar")
    @Produces(CalendarFile.MEDIA_TYPE)
    @Call(admission = AdmissionClass.EXPORT, scopes = Scope.READ, refuses = Code.NOT_ENROLLED)
    @Blocking
    @Operation(operationId = "exportPersonCalendar", summary = "A person's days as a calendar file")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = CalendarFile.MEDIA_TYPE, schema = @Schema(type = SchemaType.STRING)))
    public Response calendar(
            @PathParam("user_id") String userId,
            @Parameter(
                            description = "The first work date",
                            required = true,
                            schema = @Schema(type = SchemaType.STRING, format = "date"))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(
                            description = "The last work date, at most 365 days later",
                            required = true,
                            schema = @Schema(type = SchemaType.STRING, format = "date"))
                    @QueryParam("to")
                    @Nullable
                    String to,
            @BeanParam Language language,
            @Context RoutingContext context,
            @Context SecurityContext security) {
        Dates range =
                ListQuery.range(ListQuery.neededDate("from", from), ListQuery.neededDate("to", to), Sheets.MOST_DAYS);
        Words words = language.words();
        Sheets.Report report = report(userId, range);
        CalendarFile.Stamp stamp = new CalendarFile.Stamp(database.name(), clock.instant());
        return ExportFile.response(
                new ExportFile.Request(context, security, log),
                new ExportFile.Note("calendar", "ics", report.sums().userId()),
                new ExportFile.Kind(CalendarFile.MEDIA_TYPE, "rollcall-" + userId + ".ics", false),
                out -> CalendarFile.write(out, report.days().iterator(), words, stamp));
    }

    private Sheets.Report report(String userId, Dates range) {
        return UserId.stored(userId)
                .flatMap(id -> sheets.report(id, range))
                .orElseThrow(() -> new RefusedException(PeopleRefusals.notEnrolled()));
    }
}
