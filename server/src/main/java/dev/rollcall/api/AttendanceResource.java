package dev.rollcall.api;

import dev.rollcall.attendance.Mark;
import dev.rollcall.security.Opens;
import dev.rollcall.usecase.AttendanceStore.MarkOfPerson;
import dev.rollcall.usecase.AttendanceStore.Query;
import dev.rollcall.usecase.ListAttendance;
import dev.rollcall.usecase.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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
    record Item(
            long id,
            String userId,
            @Nullable String name,
            Instant markedAt,
            LocalDate workDate,
            int number,
            String direction,
            @Nullable BigDecimal confidence,
            String site,
            String source,
            @Nullable String keyId) {

        static Item of(MarkOfPerson row) {
            Mark mark = row.mark();
            return new Item(
                    mark.id(),
                    row.userId().value(),
                    row.name(),
                    mark.markedAt(),
                    mark.workDate(),
                    mark.number(),
                    mark.direction().name().toLowerCase(Locale.ROOT),
                    rounded(row.confidence()),
                    row.origin().site(),
                    row.origin().source().name().toLowerCase(Locale.ROOT),
                    row.origin().keyId());
        }
    }

    private static @Nullable BigDecimal rounded(@Nullable Double confidence) {
        return confidence == null ? null : Numbers.rounded(confidence.doubleValue());
    }

    /** One page of marks; {@code next} leads to the following one. */
    record Items(List<Item> items, @Nullable String next) {}

    @GET
    @Opens(Scope.READ)
    @Blocking
    public Object list(@Context UriInfo uri) {
        try {
            ListAttendance.Page page = listAttendance.page(query(new ListQuery(uri.getQueryParameters())));
            String next = page.lastId().isPresent() ? Cursor.of(page.lastId().getAsLong()) : null;
            return Response.ok(
                            new Items(page.marks().stream().map(Item::of).toList(), next),
                            MediaType.APPLICATION_JSON_TYPE)
                    .build();
        } catch (InvalidRequestException e) {
            return e.refusal();
        }
    }

    private static Query query(ListQuery query) throws InvalidRequestException {
        return new Query(
                query.userId(), query.date("from"), query.date("to"), Cursor.readId(query.cursor()), query.limit());
    }
}
