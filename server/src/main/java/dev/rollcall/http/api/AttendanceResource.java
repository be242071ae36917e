package dev.rollcall.http.api;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Query;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** GET /v1/attendance. */
@Path("/v1/attendance")
public final class AttendanceResource {

    private final ListAttendance listAttendance;

    @Inject
    AttendanceResource(ListAttendance listAttendance) {
        this.listAttendance = listAttendance;
    }

    /** One mark. */
    record MarkView(
            long id,
            String userId,
            @Nullable String name,
            Instant markedAt,
            LocalDate workDate,
            int number,
            String direction,
            BigDecimal confidence) {

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
                    Numbers.rounded(row.confidence()));
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ)
    @Blocking
    public ItemList<MarkView> list(@Context UriInfo uri) {
        return ItemList.of(listAttendance
                .page(query(new ListQuery(uri.getQueryParameters())))
                .map(MarkView::of));
    }

    private static Query query(ListQuery query) {
        return new Query(
                query.userId(),
                query.date("from"),
                query.date("to"),
                query.afterNumber().orElse(0L),
                query.limit());
    }
}
