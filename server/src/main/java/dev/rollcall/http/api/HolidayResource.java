package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.BodyInput;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.JsonBody;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.PersonName;
import dev.rollcall.schedule.Holiday;
import dev.rollcall.schedule.HolidayFile;
import dev.rollcall.schedule.HolidayPosition;
import dev.rollcall.schedule.HolidayStore.NewHoliday;
import dev.rollcall.schedule.ManageHolidays;
import dev.rollcall.schedule.ScheduleRefusals;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** GET and POST /v1/holidays; DELETE /v1/holidays/{holiday_id}; POST /v1/holidays/import. */
@Path("/v1/holidays")
@Tag(name = "schedule", description = "Shifts, who works them, and holidays")
public final class HolidayResource {

    private static final String CALENDAR = "text/calendar";
    private static final String ID = "The holiday's id";
    private static final String SITE = "The site's id; default if absent";
    private static final String NAME = "Its name";
    private static final String YEARLY = "Whether it returns each year";

    private final ManageHolidays holidays;

    @Inject
    HolidayResource(ManageHolidays holidays) {
        this.holidays = holidays;
    }

    @Schema(name = "Holiday", description = "A work date on which nobody is planned to work at a site")
    record HolidayView(
            @Schema(description = ID) long id,
            @Schema(description = "The site's id") String site,
            @Schema(description = "The work date") LocalDate date,
            @Schema(description = NAME) String name,
            @Schema(description = YEARLY) boolean yearly) {

        static HolidayView example() {
            return new HolidayView(7, "default", LocalDate.of(2026, 12, 25), "Christmas Day", true);
        }

        static HolidayView of(Holiday holiday) {
            return new HolidayView(holiday.id(), holiday.site(), holiday.date(), holiday.name(), holiday.yearly());
        }
    }

    @Schema(name = "NewHolidayRequest", description = "A new holiday")
    record NewHolidayBody(
            @Schema(description = "The work date") LocalDate date,

            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = NAME)
            String name,

            @Schema(description = SITE) @Nullable String site,

            @Schema(description = YEARLY + "; false if absent") @Nullable
            Boolean yearly) {

        static NewHolidayBody example() {
            return new NewHolidayBody(LocalDate.of(2026, 12, 25), "Christmas Day", null, true);
        }
    }

    @Schema(name = "HolidayImport", description = "What became of a calendar file")
    record Imported(
            @Schema(description = "Holidays that are new, or became yearly")
            List<HolidayView> added,

            @Schema(description = "How many the site had already")
            int already,

            @Schema(description = "Events that are no holidays, the first 100")
            List<SkippedView> skipped) {

        static Imported example() {
            return new Imported(
                    List.of(HolidayView.example()), 11, List.of(new SkippedView(94, "Staff party", "not_a_whole_day")));
        }
    }

    @Schema(name = "SkippedEvent", description = "An event that is no holiday")
    record SkippedView(
            @Schema(description = "The number of the line where it begins, from 1")
            int line,

            @Schema(description = "Its name, or an empty text")
            String name,

            @Schema(implementation = HolidayFile.Reason.class)
            String reason) {}

    @Schema(name = "DeletedHoliday", description = "A holiday that was deleted")
    record Deleted(@Schema(description = ID) long id) {

        static Deleted example() {
            return new Deleted(7);
        }
    }

    /** The holidays are read all at once, since their number is limited. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ)
    @Blocking
    @Operation(operationId = "listHolidays", summary = "List a site's holidays by date")
    public ItemList<HolidayView> list(
            @Parameter(description = SITE) @QueryParam("site") @Nullable String site,
            @Parameter(
                            description = "Yearly ones, and those on this work date or later",
                            schema = @Schema(type = SchemaType.STRING, format = "date"))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(
                            description = "Yearly ones, and those on this work date or earlier",
                            schema = @Schema(type = SchemaType.STRING, format = "date"))
                    @QueryParam("to")
                    @Nullable
                    String to,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next) {
        int most = ListQuery.limit(limit);
        HolidayPosition after = ListQuery.afterHoliday(next);
        List<Holiday> all = holidays.list(siteOrDefault(site), ListQuery.date("from", from), ListQuery.date("to", to));
        return ItemList.of(ManageHolidays.page(all, after, most).map(HolidayView::of));
    }

    private static String siteOrDefault(@Nullable String site) {
        String given = ListQuery.site(site);
        return given == null ? ApiKey.DEFAULT_SITE : given;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.SITE_NOT_FOUND},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "addHoliday",
            summary = "Add a holiday to a site; one that it has becomes yearly if it is to be")
    public HolidayView add(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = NewHolidayBody.class)))
                    InputStream body) {
        JsonBody json = JsonBody.read(body, headers.getLength(), Set.of("site", "date", "name", "yearly"));
        JsonNode yearly = json.value("yearly");
        NewHoliday holiday = new NewHoliday(
                Fields.date("date", json.required("date")),
                Fields.name("name", json.text("name")),
                yearly != null && !yearly.isNull() && JsonBody.flag("yearly", yearly));
        String site = siteOrDefault(json.text("site"));
        added(site, List.of(holiday), context);
        return holidays.list(site, holiday.date(), holiday.date()).stream()
                .filter(there ->
                        there.date().equals(holiday.date()) && there.name().equals(holiday.name()))
                .map(HolidayView::of)
                .findFirst()
                .orElseThrow(() -> new RefusedException(ScheduleRefusals.noSuchHoliday()));
    }

    private List<Holiday> added(String site, List<NewHoliday> wanted, SecurityContext context) {
        return RefusedException.unlessDone(
                holidays.add(site, wanted, KeyHolder.of(context).caller()));
    }

    @POST
    @Path("/import")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.SITE_NOT_FOUND},
            maxBodyBytes = HolidayFile.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "importHolidays",
            summary = "Add the events of whole days of a calendar file (iCalendar) to a site as holidays")
    public Imported importFile(
            @Parameter(description = SITE) @QueryParam("site") @Nullable String site,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content = @Content(mediaType = CALENDAR, schema = @Schema(type = SchemaType.STRING)))
                    InputStream body) {
        byte[] bytes = BodyInput.readSmall(body, headers.getLength(), HolidayFile.MAX_BYTES);
        HolidayFile file = HolidayFile.parse(new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(
                        () -> RefusedException.invalid("the body must be a calendar file, from BEGIN:VCALENDAR on"));
        List<Holiday> added = added(siteOrDefault(site), file.holidays(), context);
        return new Imported(
                added.stream().map(HolidayView::of).toList(),
                file.holidays().size() - added.size(),
                file.skipped().stream()
                        .map(one -> new SkippedView(one.line(), one.name(), ShiftView.word(one.reason())))
                        .toList());
    }

    @DELETE
    @Path("/{holiday_id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.HOLIDAY_NOT_FOUND)
    @Blocking
    @Operation(operationId = "deleteHoliday", summary = "Delete a holiday")
    public Deleted delete(
            @Parameter(description = ID) @PathParam("holiday_id") String id, @Context SecurityContext context) {
        long number = EntryNumber.of(id);
        if (!holidays.delete(number, KeyHolder.of(context).caller())) {
            throw new RefusedException(ScheduleRefusals.noSuchHoliday());
        }
        return new Deleted(number);
    }
}
