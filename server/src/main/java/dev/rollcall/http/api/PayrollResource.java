package dev.rollcall.http.api;

import dev.rollcall.audit.ExportLog;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.Scope;
import dev.rollcall.reports.files.AdpPaydata;
import dev.rollcall.reports.files.DatevLodas;
import dev.rollcall.reports.files.ExportRows;
import dev.rollcall.reports.files.GenericPayroll;
import dev.rollcall.reports.files.Payroll;
import dev.rollcall.reports.files.PayrollLayout;
import dev.rollcall.reports.files.PayrollLine;
import dev.rollcall.reports.files.TableFormat;
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
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/exports/payroll. */
@Path("/v1/exports/payroll")
@Tag(name = "exports", description = "Marks and sheets as files")
public final class PayrollResource {

    private static final String GENERIC = "generic";
    private static final String LODAS = "datev_lodas";
    private static final String PAYDATA = "adp_paydata";
    private static final String TEXT = "text/plain;charset=UTF-8";

    private final ExportRows rows;
    private final ExportLog log;

    @Inject
    PayrollResource(ExportRows rows, ExportLog log) {
        this.rows = rows;
        this.log = log;
    }

    /** The layout, and what the payroll system needs to know; null for what is not given. */
    record Preset(
            @Parameter(
                    description = "The layout; generic, if it is not given",
                    schema =
                            @Schema(
                                    type = SchemaType.STRING,
                                    enumeration = {"generic", "datev_lodas", "adp_paydata"}))
            @QueryParam("preset")
            @Nullable
            String preset,

            @Parameter(description = "datev_lodas: the consultant's number (BeraterNr), 1 to 7 digits")
            @QueryParam("consultant")
            @Nullable
            String consultant,

            @Parameter(description = "datev_lodas: the client's number (MandantenNr), 1 to 5 digits")
            @QueryParam("client")
            @Nullable
            String client,

            @Parameter(description = "datev_lodas: the wage type of hours (Lohnart), 1 to 4 digits")
            @QueryParam("wage_type")
            @Nullable
            String wageType,

            @Parameter(description = "datev_lodas: the wage type of overtime; without it all hours are of wage_type")
            @QueryParam("overtime_wage_type")
            @Nullable
            String overtimeWageType,

            @Parameter(description = "adp_paydata: the company code, 2 or 3 letters or digits")
            @QueryParam("company")
            @Nullable
            String company,

            @Parameter(description = "adp_paydata: the id of the batch, 1 to 25 letters or digits")
            @QueryParam("batch")
            @Nullable
            String batch) {

        private static final Pattern CONSULTANT = Pattern.compile("[0-9]{1,7}");
        private static final Pattern CLIENT = Pattern.compile("[0-9]{1,5}");
        private static final Pattern WAGE_TYPE = Pattern.compile("[0-9]{1,4}");
        private static final Pattern COMPANY = Pattern.compile("[A-Za-z0-9]{2,3}");
        private static final Pattern BATCH = Pattern.compile("[A-Za-z0-9]{1,25}");

        String name() {
            return preset == null ? GENERIC : preset;
        }

        PayrollLayout layout() {
            PayrollLayout layout = chosen();
            refuseUnless(name().equals(LODAS), "consultant", consultant);
            refuseUnless(name().equals(LODAS), "client", client);
            refuseUnless(name().equals(LODAS), "wage_type", wageType);
            refuseUnless(name().equals(LODAS), "overtime_wage_type", overtimeWageType);
            refuseUnless(name().equals(PAYDATA), "company", company);
            refuseUnless(name().equals(PAYDATA), "batch", batch);
            return layout;
        }

        /** Refuses a parameter of another preset: its value has no checked form, and would be noted in the audit log. */
        private static void refuseUnless(boolean isOfPreset, String field, @Nullable String value) {
            if (value != null && !isOfPreset) {
                throw RefusedException.invalid(field, field + " is no parameter of this preset");
            }
        }

        private PayrollLayout chosen() {
            return switch (name()) {
                case GENERIC -> new GenericPayroll();
                case LODAS ->
                    new DatevLodas(
                            valid("consultant", consultant, CONSULTANT),
                            valid("client", client, CLIENT),
                            valid("wage_type", wageType, WAGE_TYPE),
                            overtimeWageType == null ? null : valid("overtime_wage_type", overtimeWageType, WAGE_TYPE));
                case PAYDATA -> new AdpPaydata(valid("company", company, COMPANY), valid("batch", batch, BATCH));
                default ->
                    throw RefusedException.invalid("preset", "preset must be generic, datev_lodas or adp_paydata");
            };
        }

        private static String valid(String field, @Nullable String text, Pattern form) {
            if (text == null) {
                throw RefusedException.invalid(field, field + " is missing");
            }
            if (!form.matcher(text).matches()) {
                throw RefusedException.invalid(field, field + " has no valid form");
            }
            return text;
        }
    }

    @GET
    @Produces({TableFormat.CSV_TYPE, TEXT})
    @Call(admission = AdmissionClass.EXPORT, scopes = Scope.READ)
    @Blocking
    @Operation(operationId = "exportPayroll", summary = "The hours of a month in a layout that payroll systems read")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = TableFormat.CSV_TYPE, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = TEXT, schema = @Schema(type = SchemaType.STRING))
            })
    public Response payroll(
            @BeanParam Preset preset,
            @Parameter(description = "The month, such as 2026-10", required = true) @QueryParam("month") @Nullable
                    String month,
            @BeanParam SheetFilter filter,
            @Parameter(
                            description = "skip: also if hours of somebody are not known, which are then in no line",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"skip"}))
                    @QueryParam("unknown")
                    @Nullable
                    String unknown,
            @Context RoutingContext context,
            @Context SecurityContext security) {
        PayrollLayout layout = preset.layout();
        boolean skips = skips(unknown);
        YearMonth asked = ListQuery.neededMonth(month);
        Payroll payroll =
                Payroll.of(layout, skips, rows.months(filter.whose(), ListQuery.dates(asked), filter.wanted()));
        List<PayrollLine> lines = lines(payroll);
        return ExportFile.response(
                new ExportFile.Request(context, security, log),
                new ExportFile.Note("payroll", preset.name(), null),
                new ExportFile.Kind(layout.mediaType(), layout.fileName(asked), false),
                out -> layout.write(out, asked, lines));
    }

    private static boolean skips(@Nullable String unknown) {
        if (unknown != null && !unknown.equals("skip")) {
            throw RefusedException.invalid("unknown", "unknown must be skip");
        }
        return unknown != null;
    }

    private static List<PayrollLine> lines(Payroll payroll) {
        if (payroll instanceof Payroll.Ready ready) {
            return ready.lines();
        }
        if (payroll instanceof Payroll.WrongNumbers wrong) {
            throw RefusedException.invalid(
                    "external_id",
                    "these people have no external_id, or user_id, of the form that the payroll system takes: "
                            + String.join(", ", wrong.userIds()));
        }
        if (payroll instanceof Payroll.SharedNumbers shared) {
            throw RefusedException.invalid(
                    "external_id",
                    "these people have the external_id, or user_id, that is the number of somebody else in the file: "
                            + String.join(", ", shared.userIds()));
        }
        if (payroll instanceof Payroll.UnknownHours people) {
            throw RefusedException.invalid(
                    "unknown",
                    "hours of these people are not known, since marks are missing or they are still there: "
                            + String.join(", ", people.userIds())
                            + "; enter the marks, or give unknown=skip");
        }
        throw RefusedException.invalid(
                "group", "more than " + Payroll.MOST_PEOPLE + " people; choose a group or a site");
    }
}
