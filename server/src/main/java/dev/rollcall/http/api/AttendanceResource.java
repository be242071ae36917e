package dev.rollcall.http.api;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.ListAttendance;
import dev.rollcall.attendance.Mark;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.problem.Numbers;
import dev.rollcall.keys.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/attendance. */
@Path("/v1/attendance")
@Tag(name = "attendance", description = "Attendance marks")
public final class AttendanceResource {

    private final ListAttendance listAttendance;

    @Inject
    AttendanceResource(ListAttendance listAttendance) {
        this.listAttendance = listAttendance;
    }

    @Schema(name = "Mark", description = "One attendance mark")
    record MarkView(
            @Schema(description = "The mark's number, in the order of writing")
            long id,

            @Schema(description = "The person's id, or the pseudonym of one who was erased")
            String userId,

            @Schema(description = "Null for a person who was erased") @Nullable
            String name,

            @Schema(description = "When the mark was made") Instant markedAt,

            @Schema(description = "The work date that it counts for")
            LocalDate workDate,

            @Schema(description = "The mark's number within the person's work date, from 1")
            int number,

            @Schema(implementation = Direction.class) String direction,

            @Schema(description = "Null for a mark without a picture") @Nullable
            BigDecimal confidence,

            @Schema(
                    description = "Whether a declared look-alike of the person matched at least as well;"
                            + " null where it is not known")
            @Nullable
            Boolean lookAlike,

            @Schema(description = "The site where the mark was made")
            String site,

            @Schema(implementation = AttendanceStore.Source.class)
            String source,

            @Schema(description = "The id of the API key that made the mark; null where there is none") @Nullable
            String keyId) {

        static MarkView example() {
            return new MarkView(
                    1,
                    "geronimo",
                    "Geronimo",
                    Instant.parse("2026-11-22T07:58:12.706280Z"),
                    LocalDate.parse("2026-11-22"),
                    1,
                    "in",
                    Numbers.rounded(0.9993),
                    false,
                    "default",
                    "device",
                    "3f9a0c41d2b7");
        }

        static MarkView of(MarkOfPerson row) {
            Mark mark = row.mark();
            return new MarkView(
                    mark.id(),
                    row.userId().value(),
                    row.name(),
                    mark.markedAt(),
                    mark.workDate(),
                    mark.number(),
                    mark.direction().name().toLowerCase(Locale.ROOT),
                    rounded(row.confidence()),
                    row.lookAlike(),
                    row.origin().site(),
                    row.origin().source().name().toLowerCase(Locale.ROOT),
                    row.origin().keyId());
        }

        private static @Nullable BigDecimal rounded(@Nullable Double confidence) {
            return confidence == null ? null : Numbers.rounded(confidence.doubleValue());
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ)
    @Blocking
    @Operation(operationId = "listAttendance", summary = "List marks, in the order in which they were written")
    public ItemList<MarkView> list(
            @QueryParam("user_id") @Nullable String userId,
            @Parameter(
                            description = "The first work date, included",
                            schema = @Schema(type = SchemaType.STRING, format = "date"))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(
                            description = "The last work date, included",
                            schema = @Schema(type = SchemaType.STRING, format = "date"))
                    @QueryParam("to")
                    @Nullable
                    String to,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next) {
        Query query = new Query(
                ListQuery.userId(userId),
                ListQuery.date("from", from),
                ListQuery.date("to", to),
                ListQuery.afterNumber(next).orElse(0L),
                ListQuery.limit(limit));
        return ItemList.of(listAttendance.page(query).map(MarkView::of));
    }
}
