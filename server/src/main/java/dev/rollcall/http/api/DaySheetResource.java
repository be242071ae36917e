package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.Scope;
import dev.rollcall.reports.Sheets;
import dev.rollcall.schedule.Dates;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/attendance/days. */
@Path("/v1/attendance/days")
@Tag(name = "sheets", description = "Days and months with status and hours")
public final class DaySheetResource {

    /** Most days of a range. */
    private static final int MOST_DAYS = 62;

    private final Sheets sheets;

    @Inject
    DaySheetResource(Sheets sheets) {
        this.sheets = sheets;
    }

    /** The work dates of the days. */
    record Days(
            @Parameter(
                    description = "The work date, instead of from and to",
                    schema = @Schema(type = SchemaType.STRING, format = "date"))
            @QueryParam("date")
            @Nullable
            String date,

            @Parameter(description = "The first work date", schema = @Schema(type = SchemaType.STRING, format = "date"))
            @QueryParam("from")
            @Nullable
            String from,

            @Parameter(
                    description = "The last work date, at most 61 days later",
                    schema = @Schema(type = SchemaType.STRING, format = "date"))
            @QueryParam("to")
            @Nullable
            String to) {

        Dates range() {
            LocalDate day = ListQuery.date("date", date);
            LocalDate first = ListQuery.date("from", from);
            LocalDate last = ListQuery.date("to", to);
            if (day != null && first == null && last == null) {
                return new Dates(day, day);
            }
            if (day != null || first == null || last == null) {
                throw RefusedException.invalid("date", "date is needed, or from and to");
            }
            return ListQuery.range(first, last, MOST_DAYS);
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.SHEET, scopes = Scope.READ)
    @Blocking
    @Operation(
            operationId = "listDaySheets",
            summary = "Days with status and hours, by person and date; a page may be short and still not the last")
    public ItemList<DayView> list(
            @BeanParam Days days,
            @BeanParam SheetFilter filter,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next) {
        int most = ListQuery.limit(limit);
        return ItemList.of(sheets.days(new Sheets.Query(
                        filter.whose(), days.range(), filter.wanted(), ListQuery.afterSheet(next), most))
                .map(DayView::of));
    }
}
