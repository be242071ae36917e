package dev.rollcall.api;

import dev.rollcall.attendance.Mark;
import dev.rollcall.people.UserId;
import dev.rollcall.usecase.AttendanceStore.MarkOfPerson;
import dev.rollcall.usecase.AttendanceStore.Query;
import dev.rollcall.usecase.ListAttendance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** GET /v1/attendance. */
@Path("/v1/attendance")
public final class AttendanceResource {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

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
            BigDecimal confidence) {

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
                    Numbers.rounded(row.confidence()));
        }
    }

    /** One page of marks; {@code next} leads to the following one. */
    record Items(List<Item> items, @Nullable String next) {}

    @GET
    @Blocking
    public Object list(@Context UriInfo uri) {
        try {
            ListAttendance.Page page = listAttendance.page(query(uri.getQueryParameters()));
            String next = page.lastId().isPresent() ? Cursor.of(page.lastId().getAsLong()) : null;
            return Response.ok(
                            new Items(page.marks().stream().map(Item::of).toList(), next),
                            MediaType.APPLICATION_JSON_TYPE)
                    .build();
        } catch (InvalidRequestException e) {
            return e.refusal();
        }
    }

    private static Query query(MultivaluedMap<String, String> parameters) throws InvalidRequestException {
        return new Query(
                userId(parameters.getFirst("user_id")),
                date("from", parameters.getFirst("from")),
                date("to", parameters.getFirst("to")),
                Cursor.read(parameters.getFirst("next")),
                limit(parameters.getFirst("limit")));
    }

    private static @Nullable UserId userId(@Nullable String text) throws InvalidRequestException {
        if (text == null) {
            return null;
        }
        return UserId.parse(text).orElseThrow(() -> FaceRequest.invalid("user_id", "user_id has no valid form"));
    }

    private static @Nullable LocalDate date(String field, @Nullable String text) throws InvalidRequestException {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw FaceRequest.invalid(field, field + " must be a date like 2026-01-31");
        }
    }

    private static int limit(@Nullable String text) throws InvalidRequestException {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_LIMIT) {
            throw FaceRequest.invalid("limit", "limit must be 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(text);
    }
}
