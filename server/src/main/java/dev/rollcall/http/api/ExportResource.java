package dev.rollcall.http.api;

import dev.rollcall.audit.ExportLog;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.keys.Scope;
import dev.rollcall.reports.PersonDay;
import dev.rollcall.reports.PersonMonth;
import dev.rollcall.reports.files.Column;
import dev.rollcall.reports.files.Columns;
import dev.rollcall.reports.files.ExportRows;
import dev.rollcall.reports.files.MarkRow;
import dev.rollcall.reports.files.TableFormat;
import dev.rollcall.schedule.Dates;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.YearMonth;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/exports/marks, /v1/exports/days and /v1/exports/months. */
@Path("/v1/exports")
@Tag(name = "exports", description = "Marks and sheets as files")
public final class ExportResource {

    private static final String CSV = TableFormat.CSV_TYPE;
    private static final String XLSX = TableFormat.XLSX_TYPE;

    private final ExportRows rows;
    private final ExportLog log;

    @Inject
    ExportResource(ExportRows rows, ExportLog log) {
        this.rows = rows;
        this.log = log;
    }

    /** The format of a table. */
    record Format(
            @Parameter(
                    description = "csv, if it is not given, or xlsx",
                    schema =
                            @Schema(
                                    type = SchemaType.STRING,
                                    enumeration = {"csv", "xlsx"}))
            @QueryParam("format")
            @Nullable
            String format) {

        TableFormat parsed() {
            return format == null ? TableFormat.CSV : ListQuery.constant("format", format, TableFormat.class);
        }
    }

    @GET
    @Path("/marks")
    @Produces({CSV, XLSX})
    @Call(admission = AdmissionClass.EXPORT, scopes = Scope.READ)
    @Blocking
    @Operation(operationId = "exportMarks", summary = "Marks as a file; those that count, if nothing else is asked for")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = XLSX, schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    public Response marks(
            @BeanParam Format format,
            @BeanParam AttendanceResource.Filter filter,
            @BeanParam AttendanceResource.StandingFilter standing,
            @Parameter(
                            description =
                                    "written, if it is not given: in the order of writing; oldest or newest: by time",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"written", "oldest", "newest"}))
                    @QueryParam("order")
                    @Nullable
                    String order,
            @Context RoutingContext context,
            @Context SecurityContext security) {
        TableFormat wanted = format.parsed();
        Iterator<MarkRow> marks = rows.marks(filter.with(standing), ListOrder.ofMarks(order));
        return file(request(context, security), wanted, "marks", Columns.MARKS, marks);
    }

    @GET
    @Path("/days")
    @Produces({CSV, XLSX})
    @Call(admission = AdmissionClass.EXPORT, scopes = Scope.READ)
    @Blocking
    @Operation(operationId = "exportDays", summary = "Days with status and hours as a file, by person and date")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = XLSX, schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    public Response days(
            @BeanParam Format format,
            @BeanParam DaySheetResource.Days days,
            @BeanParam SheetFilter filter,
            @Context RoutingContext context,
            @Context SecurityContext security) {
        TableFormat wanted = format.parsed();
        Dates range = days.range();
        Iterator<PersonDay> found = rows.days(filter.whose(), range, filter.wanted());
        return file(request(context, security), wanted, "days " + range.from() + " " + range.to(), Columns.DAYS, found);
    }

    @GET
    @Path("/months")
    @Produces({CSV, XLSX})
    @Call(admission = AdmissionClass.EXPORT, scopes = Scope.READ)
    @Blocking
    @Operation(operationId = "exportMonths", summary = "The sums of a month as a file, by person")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = XLSX, schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    public Response months(
            @BeanParam Format format,
            @Parameter(description = "The month, such as 2026-10", required = true) @QueryParam("month") @Nullable
                    String month,
            @BeanParam SheetFilter filter,
            @Context RoutingContext context,
            @Context SecurityContext security) {
        TableFormat wanted = format.parsed();
        YearMonth asked = ListQuery.neededMonth(month);
        Iterator<PersonMonth> found = rows.months(filter.whose(), ListQuery.dates(asked), filter.wanted());
        return file(request(context, security), wanted, "months " + asked, Columns.MONTHS, found);
    }

    private ExportFile.Request request(RoutingContext context, SecurityContext security) {
        return new ExportFile.Request(context, security, log);
    }

    private static <R> Response file(
            ExportFile.Request request, TableFormat format, String title, List<Column<R>> columns, Iterator<R> rows) {
        String extension = format.name().toLowerCase(Locale.ROOT);
        String name = "rollcall-" + title.replace(' ', '-') + "." + extension;
        String file = title.contains(" ") ? title.substring(0, title.indexOf(' ')) : title;
        return ExportFile.response(
                request,
                new ExportFile.Note(file, extension, null),
                new ExportFile.Kind(format.mediaType(), name, format == TableFormat.XLSX),
                out -> format.write(out, title, columns, rows));
    }
}
