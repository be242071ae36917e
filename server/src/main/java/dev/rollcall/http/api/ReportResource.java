package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.PeopleRefusals;
import dev.rollcall.people.UserId;
import dev.rollcall.reports.Sheets;
import dev.rollcall.schedule.Dates;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/people/{user_id}/report. */
@Path("/v1/people/{user_id}/report")
@Tag(name = "sheets", description = "Days and months with status and hours")
public final class ReportResource {

    private final Sheets sheets;

    @Inject
    ReportResource(Sheets sheets) {
        this.sheets = sheets;
    }

    @Schema(name = "PersonReport", description = "One person's days and their sums")
    record Report(
            @Schema(description = "The person's id") String userId,
            @Schema(description = "The person's name") String name,
            @Schema(description = "The first work date") LocalDate from,
            @Schema(description = "The last work date") LocalDate to,
            MonthView.TotalsView totals,

            @Schema(description = "One for each date") List<DayView> days) {

        static Report example() {
            return new Report(
                    "geronimo",
                    "Geronimo",
                    LocalDate.of(2026, 10, 1),
                    LocalDate.of(2026, 10, 31),
                    MonthView.example().totals(),
                    List.of(DayView.example()));
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.SHEET,
            scopes = {Scope.READ, Scope.SELF},
            refuses = Code.NOT_ENROLLED)
    @Blocking
    @Operation(
            operationId = "readReport",
            summary =
                    "A person's days with marks, status and hours, and their sums; with the scope self the person's own")
    public Report read(
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
            @Context SecurityContext context) {
        Dates range =
                ListQuery.range(ListQuery.neededDate("from", from), ListQuery.neededDate("to", to), Sheets.MOST_DAYS);
        UserId own = KeyHolder.of(context).userId();
        Sheets.Report report = UserId.stored(userId)
                .filter(id -> own == null || own.equals(id))
                .flatMap(id -> sheets.report(id, range))
                .orElseThrow(() -> new RefusedException(PeopleRefusals.notEnrolled()));
        return new Report(
                userId,
                report.sums().name(),
                range.from(),
                ListQuery.neededDate("to", to),
                MonthView.TotalsView.of(report.sums().totals()),
                report.days().stream().map(DayView::of).toList());
    }
}
