package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.keys.Scope;
import dev.rollcall.reports.Sheets;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/attendance/months. */
@Path("/v1/attendance/months")
@Tag(name = "sheets", description = "Days and months with status and hours")
public final class MonthSheetResource {

    private final Sheets sheets;

    @Inject
    MonthSheetResource(Sheets sheets) {
        this.sheets = sheets;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.SHEET, scopes = Scope.READ)
    @Blocking
    @Operation(operationId = "listMonthSheets", summary = "Months with sums and the status of each day, by person")
    public ItemList<MonthView> list(
            @Parameter(description = "The month, such as 2026-10", required = true) @QueryParam("month") @Nullable
                    String month,
            @BeanParam SheetFilter filter,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next) {
        int most = ListQuery.limit(limit);
        return ItemList.of(sheets.months(new Sheets.Query(
                        filter.whose(),
                        ListQuery.dates(ListQuery.neededMonth(month)),
                        filter.wanted(),
                        ListQuery.afterSheet(next),
                        most))
                .map(MonthView::of));
    }
}
