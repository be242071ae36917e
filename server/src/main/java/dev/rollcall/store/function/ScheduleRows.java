package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.people.UserId;
import dev.rollcall.schedule.Assignment;
import dev.rollcall.schedule.Assignment.Assignee;
import dev.rollcall.schedule.BreakRule;
import dev.rollcall.schedule.Dates;
import dev.rollcall.schedule.Grace;
import dev.rollcall.schedule.MarkWindow;
import dev.rollcall.schedule.Rounding;
import dev.rollcall.schedule.Shift;
import dev.rollcall.schedule.ShiftChange;
import dev.rollcall.schedule.ShiftRules;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shifts and assignments in the JSON of the schema's functions. */
final class ScheduleRows {

    private ScheduleRows() {}

    static Shift shift(AnswerRow row) {
        return new Shift(
                row.text("shift"),
                row.text("name"),
                rules(row),
                row.instant("created_at"),
                row.instant("updated_at"),
                row.text("version"));
    }

    private static ShiftRules rules(AnswerRow row) {
        return new ShiftRules(
                LocalTime.parse(row.text("starts_at")),
                LocalTime.parse(row.text("ends_at")),
                row.integers("days").stream().map(DayOfWeek::of).collect(Collectors.toUnmodifiableSet()),
                new BreakRule(
                        row.constant("break_rule", BreakRule.Kind.class),
                        row.integer("break_minutes"),
                        row.integer("break_after_minutes")),
                new Grace(row.integer("grace_in_minutes"), row.integer("grace_out_minutes")),
                new MarkWindow(row.integer("window_before_minutes"), row.integer("window_after_minutes")),
                new Rounding(
                        row.integer("rounding_minutes"),
                        row.constant("rounding_in", Rounding.Mode.class),
                        row.constant("rounding_out", Rounding.Mode.class)));
    }

    static ObjectNode json(ShiftRules rules) {
        return json(ShiftChange.Rules.to(rules));
    }

    /** What changes, by the names of the columns. */
    static ObjectNode json(ShiftChange.Rules rules) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        put(json, "starts_at", rules.start());
        put(json, "ends_at", rules.end());
        put(json, rules.days());
        put(json, rules.breaks());
        put(json, rules.grace());
        put(json, rules.window());
        put(json, rules.rounding());
        return json;
    }

    private static void put(ObjectNode json, String column, @Nullable LocalTime time) {
        if (time != null) {
            json.put(column, time.toString());
        }
    }

    private static void put(ObjectNode json, @Nullable Set<DayOfWeek> days) {
        if (days != null) {
            ArrayNode numbers = json.putArray("days");
            days.stream().sorted().forEach(day -> numbers.add(day.getValue()));
        }
    }

    private static void put(ObjectNode json, @Nullable BreakRule breaks) {
        if (breaks != null) {
            json.put("break_rule", MarkRows.word(breaks.kind()))
                    .put("break_minutes", breaks.minutes())
                    .put("break_after_minutes", breaks.afterMinutes());
        }
    }

    private static void put(ObjectNode json, @Nullable Grace grace) {
        if (grace != null) {
            json.put("grace_in_minutes", grace.inMinutes()).put("grace_out_minutes", grace.outMinutes());
        }
    }

    private static void put(ObjectNode json, @Nullable MarkWindow window) {
        if (window != null) {
            json.put("window_before_minutes", window.beforeMinutes())
                    .put("window_after_minutes", window.afterMinutes());
        }
    }

    private static void put(ObjectNode json, @Nullable Rounding rounding) {
        if (rounding != null) {
            json.put("rounding_minutes", rounding.minutes())
                    .put("rounding_in", MarkRows.word(rounding.in()))
                    .put("rounding_out", MarkRows.word(rounding.out()));
        }
    }

    static Assignment assignment(AnswerRow row) {
        String userId = row.textOrNull("user_id");
        return new Assignment(
                row.whole("id"),
                row.text("shift"),
                new Assignee(userId == null ? null : new UserId(userId), row.textOrNull("group")),
                new Dates(row.date("starts_on"), row.isNull("ends_on") ? null : row.date("ends_on")),
                row.instant("created_at"));
    }
}
