package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.people.Label;
import dev.rollcall.people.UserId;
import dev.rollcall.reports.SheetStore;
import dev.rollcall.schedule.DayMark;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What sheets are made of, in a database, over its functions. Safe for use by several threads. */
public final class FunctionSheetStore implements SheetStore {

    private final DatabaseFunctions functions;

    public FunctionSheetStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public List<PersonRecord> read(Whose whose, Start start, int limit, LocalDate from, LocalDate to) {
        JsonNode people = functions.call(FunctionCall.reads("read_sheets")
                .with("p_filter", filter(whose))
                .with("p_after", start.userId())
                .with("p_included", start.included())
                .with("p_limit", limit)
                .with("p_from", from)
                .with("p_to", to));
        return AnswerRow.list("read_sheets", people).stream()
                .map(FunctionSheetStore::person)
                .toList();
    }

    private static ObjectNode filter(Whose whose) {
        ObjectNode filter = Json.MAPPER.createObjectNode();
        UserId userId = whose.userId();
        Label group = whose.group();
        Label site = whose.site();
        if (userId != null) {
            filter.put("user_id", userId.value());
        }
        if (group != null) {
            filter.put("group", group.text());
        }
        if (site != null) {
            filter.put("site", site.text());
        }
        return filter;
    }

    private static PersonRecord person(AnswerRow row) {
        return new PersonRecord(
                new UserId(row.text("user_id")),
                row.textOrNull("external_id"),
                row.text("name"),
                row.textOrNull("group"),
                row.textOrNull("site"),
                row.instant("created_at"),
                row.instantOrNull("inactive_since"),
                row.list("assignments").stream().map(ScheduleRows::assignment).toList(),
                marks(row));
    }

    private static List<DayMark> marks(AnswerRow row) {
        List<Long> ids = row.wholes("ids");
        List<Long> times = row.wholes("times");
        List<Integer> dates = row.integers("dates");
        List<String> sites = row.texts("sites");
        List<String> sources = row.texts("sources");
        List<String> states = row.texts("states");
        List<Boolean> made = row.flags("made");
        JsonNode said = row.field("said");
        List<DayMark> marks = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            marks.add(new DayMark(
                    ids.get(i),
                    Instant.EPOCH.plus(times.get(i), ChronoUnit.MICROS),
                    LocalDate.ofEpochDay(dates.get(i)),
                    direction(said.path(i)),
                    sites.get(i),
                    Source.valueOf(sources.get(i).toUpperCase(Locale.ROOT)),
                    MarkState.valueOf(states.get(i).toUpperCase(Locale.ROOT)),
                    made.get(i)));
        }
        return marks;
    }

    private static @Nullable Direction direction(JsonNode said) {
        return said.isTextual() ? Direction.valueOf(said.textValue().toUpperCase(Locale.ROOT)) : null;
    }
}
