package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.keys.By;
import dev.rollcall.people.UserId;
import dev.rollcall.schedule.Assignment;
import dev.rollcall.schedule.Assignment.Assignee;
import dev.rollcall.schedule.Dates;
import dev.rollcall.schedule.Shift;
import dev.rollcall.schedule.ShiftChange;
import dev.rollcall.schedule.ShiftStore;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shifts and assignments in a database, over its functions. Safe for use by several threads. */
public final class FunctionShiftStore implements ShiftStore {

    private static final String ASSIGNMENT = "assignment";

    private final DatabaseFunctions functions;

    public FunctionShiftStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public List<Shift> shifts() {
        return AnswerRow.list("list_shifts", functions.call(FunctionCall.reads("list_shifts"))).stream()
                .map(ScheduleRows::shift)
                .toList();
    }

    @Override
    public Optional<Shift> find(String id) {
        JsonNode shift = functions.call(FunctionCall.reads("find_shift").with("p_shift", id));
        return shift.isNull() ? Optional.empty() : Optional.of(ScheduleRows.shift(AnswerRow.of("find_shift", shift)));
    }

    @Override
    public Result<Shift> create(NewShift shift, By by) {
        FunctionCall call = FunctionCall.writes("create_shift")
                .with("p_shift", shift.id())
                .with("p_name", shift.name())
                .with("p_rules", ScheduleRows.json(shift.rules()))
                .with("p_most", MOST_SHIFTS);
        return result(call, by, "CREATED", row -> ScheduleRows.shift(row.object("shift")));
    }

    @Override
    public Result<Shift> change(String id, ShiftChange change, Set<String> versions, By by) {
        ObjectNode json = ScheduleRows.json(change.rules());
        if (change.name() != null) {
            json.put("name", change.name());
        }
        FunctionCall call = FunctionCall.writes("change_shift")
                .with("p_shift", id)
                .with("p_change", json)
                .with("p_versions", list(versions));
        return result(call, by, "CHANGED", row -> ScheduleRows.shift(row.object("shift")));
    }

    @Override
    public Result<String> delete(String id, Set<String> versions, By by) {
        FunctionCall call =
                FunctionCall.writes("delete_shift").with("p_shift", id).with("p_versions", list(versions));
        String code = functions.call(by(call, by)).asText();
        return code.equals("DELETED")
                ? new Result.Done<>(id)
                : new Result.Not<>(new Problem(reason("delete_shift", code), null));
    }

    private static @Nullable JsonNode list(Set<String> versions) {
        return versions.isEmpty() ? null : Json.MAPPER.valueToTree(versions);
    }

    @Override
    public List<Assignment> assignments(AssignmentQuery query) {
        UserId userId = query.userId();
        LocalDate on = query.on();
        JsonNode filter = Json.MAPPER
                .createObjectNode()
                .put("shift", query.shift())
                .put("user_id", userId == null ? null : userId.value())
                .put("group", query.group())
                .put("on", on == null ? null : on.toString());
        JsonNode listed = functions.call(FunctionCall.reads("list_assignments")
                .with("p_filter", filter)
                .with("p_after", query.after())
                .with("p_limit", query.limit()));
        return AnswerRow.list("list_assignments", listed).stream()
                .map(ScheduleRows::assignment)
                .toList();
    }

    @Override
    public Result<Assignment> assign(String shift, Assignee assignee, Dates dates, By by) {
        UserId userId = assignee.userId();
        LocalDate to = dates.to();
        JsonNode wanted = Json.MAPPER
                .createObjectNode()
                .put("shift", shift)
                .put("user_id", userId == null ? null : userId.value())
                .put("group", assignee.group())
                .put("starts_on", dates.from().toString())
                .put("ends_on", to == null ? null : to.toString());
        FunctionCall call = FunctionCall.writes("assign_shift").with("p_wanted", wanted);
        return result(call, by, "ASSIGNED", row -> ScheduleRows.assignment(row.object(ASSIGNMENT)));
    }

    @Override
    public Result<Assignment> change(long assignment, DatesChange change, By by) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        LocalDate from = change.from();
        if (from != null) {
            json.put("starts_on", from.toString());
        }
        End end = change.end();
        if (end != null) {
            LocalDate to = end.to();
            json.put("ends_on", to == null ? null : to.toString());
        }
        FunctionCall call = FunctionCall.writesOnce("change_assignment")
                .with("p_id", assignment)
                .with("p_change", json);
        return result(call, by, "ASSIGNED", row -> ScheduleRows.assignment(row.object(ASSIGNMENT)));
    }

    @Override
    public boolean deleteAssignment(long id, By by) {
        return functions
                .call(by(FunctionCall.writes("delete_assignment").with("p_id", id), by))
                .asBoolean();
    }

    private <T> Result<T> result(FunctionCall call, By by, String done, Function<AnswerRow, T> value) {
        AnswerRow answer = AnswerRow.of(call.function(), functions.call(by(call, by)));
        String code = answer.text("code");
        return code.equals(done)
                ? new Result.Done<>(value.apply(answer))
                : new Result.Not<>(new Problem(
                        reason(call.function(), code),
                        code.equals(Reason.OVERLAPS.name()) ? (Long) answer.whole(ASSIGNMENT) : null));
    }

    private static FunctionCall by(FunctionCall call, By by) {
        return call.with("p_at", by.at()).with("p_caller", Json.json(by.caller()));
    }

    private static Reason reason(String function, String code) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.name().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(function + " returned " + code));
    }
}
