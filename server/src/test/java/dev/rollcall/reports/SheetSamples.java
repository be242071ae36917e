package dev.rollcall.reports;

import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.outcome.Cursor;
import dev.rollcall.people.UserId;
import dev.rollcall.reports.SheetStore.PersonRecord;
import dev.rollcall.schedule.Assignment;
import dev.rollcall.schedule.Assignment.Assignee;
import dev.rollcall.schedule.Dates;
import dev.rollcall.schedule.DayMark;
import dev.rollcall.schedule.Shift;
import dev.rollcall.schedule.ShiftRules;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A site in Madrid with two shifts, and people with marks in one week, for the tests of sheets and of trials. */
final class SheetSamples {

    static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
    static final LocalDate MONDAY = LocalDate.of(2026, 10, 5);
    static final Dates WEEK = new Dates(MONDAY, MONDAY.plusDays(6));
    static final Clock LATER = Clock.fixed(Instant.parse("2026-12-01T00:00:00Z"), MADRID);
    static final ShiftRules EARLY = ShiftRules.plain(
            LocalTime.of(8, 0), LocalTime.of(16, 0), EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));

    static final ShiftRules NIGHT =
            ShiftRules.plain(LocalTime.of(22, 0), LocalTime.of(6, 0), EnumSet.allOf(DayOfWeek.class));

    private SheetSamples() {}

    /** A store with the shifts {@code early} and {@code night}. */
    static MadeUpSheets store() {
        MadeUpSheets store = new MadeUpSheets();
        store.shifts.add(new Shift("early", "Early", EARLY, Instant.EPOCH, Instant.EPOCH, "1"));
        store.shifts.add(new Shift("night", "Night", NIGHT, Instant.EPOCH, Instant.EPOCH, "1"));
        return store;
    }

    static SheetSources sources(MadeUpSheets store) {
        return new SheetSources(store, store, store, store, LATER);
    }

    static @Nullable SheetPosition next(Optional<Cursor> cursor) {
        return cursor.flatMap(SheetPosition::parse).orElse(null);
    }

    static PersonRecord person(String id, boolean active, LocalDateTime... times) {
        return person(id, "early", active ? null : Instant.EPOCH, times);
    }

    static PersonRecord person(String id, String shift, @Nullable Instant inactiveSince, LocalDateTime... times) {
        List<DayMark> marks = new ArrayList<>();
        for (LocalDateTime time : times) {
            Instant at = time.atZone(MADRID).toInstant();
            marks.add(new DayMark(
                    marks.size() + 1L,
                    at,
                    time.toLocalDate(),
                    null,
                    "default",
                    Source.DEVICE,
                    MarkState.PRESENT,
                    false));
        }
        UserId userId = new UserId(id);
        Assignment assignment = new Assignment(
                1, shift, Assignee.person(userId), new Dates(LocalDate.of(2026, 1, 1), null), Instant.EPOCH);
        return new PersonRecord(userId, null, id, null, null, Instant.EPOCH, inactiveSince, List.of(assignment), marks);
    }
}
