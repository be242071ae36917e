package dev.rollcall.store.function;

import static dev.rollcall.store.function.RowKind.TIME;
import static dev.rollcall.store.function.RowKind.kind;

import dev.rollcall.people.UserId;
import dev.rollcall.reports.SheetStore.Start;
import dev.rollcall.reports.SheetStore.Whose;
import dev.rollcall.schedule.Assignment.Assignee;
import dev.rollcall.schedule.ShiftStore.AssignmentQuery;
import dev.rollcall.schedule.ShiftStore.NewShift;
import java.time.LocalDate;
import java.util.List;

/** The kinds of rows about shifts, holidays and sheets. */
final class ScheduleRowKinds {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final String SHIFT =
            "{'shift': 'night', 'name': 'Night', 'starts_at': '22:00:00', 'ends_at': '06:00:00', 'days': [1],"
                    + " 'break_rule': 'marked', 'break_minutes': 0, 'break_after_minutes': 0, 'grace_in_minutes': 0,"
                    + " 'grace_out_minutes': 0, 'window_before_minutes': 0, 'window_after_minutes': 0, 'rounding_minutes': 0,"
                    + " 'rounding_in': 'up', 'rounding_out': 'down', 'created_at': " + TIME + ", 'updated_at': " + TIME
                    + ", 'version': 'v'}";
    private static final String ASSIGNMENT = "{'id': 1, 'shift': 'night', 'user_id': 'ann', 'group': null,"
            + " 'starts_on': '2026-11-22', 'ends_on': null, 'created_at': " + TIME + "}";
    private static final String HOLIDAY =
            "{'id': 1, 'site': 'default', 'day': '2026-11-22', 'name': 'Fair', 'yearly': false}";

    private ScheduleRowKinds() {}

    static List<RowKind> all() {
        return List.of(
                kind("listed shift", "[" + SHIFT + "]", f -> shifts(f).shifts()),
                kind("shift", SHIFT, f -> shifts(f).find("night")),
                kind("created shift", "{'code': 'CREATED', 'shift': " + SHIFT + "}", f -> shifts(f)
                        .create(new NewShift("night", "Night", ShiftStoreContract.NIGHT), ShiftStoreContract.NOW)),
                kind("listed assignment", "[" + ASSIGNMENT + "]", f -> shifts(f)
                        .assignments(new AssignmentQuery(null, null, null, null, 0, 5))),
                kind("assigned shift", "{'code': 'ASSIGNED', 'assignment': " + ASSIGNMENT + "}", f -> shifts(f)
                        .assign(
                                "night",
                                Assignee.group("red"),
                                ShiftStoreContract.FROM_THEN_ON,
                                ShiftStoreContract.NOW)),
                kind("overlap", "{'code': 'OVERLAPS', 'assignment': 1}", f -> shifts(f)
                        .assign(
                                "night",
                                Assignee.group("red"),
                                ShiftStoreContract.FROM_THEN_ON,
                                ShiftStoreContract.NOW)),
                kind("listed holiday", "[" + HOLIDAY + "]", f -> holidays(f).list(null, null, null)),
                kind("added holidays", "{'code': 'ADDED', 'added': [" + HOLIDAY + "]}", f -> holidays(f)
                        .add("default", List.of(), ShiftStoreContract.NOW)),
                kind(
                        "person of a sheet",
                        "[{'user_id': 'ann', 'external_id': null, 'name': 'Ann', 'group': null, 'site': null, 'inactive_since': null, 'created_at': "
                                + TIME
                                + ", 'assignments': [], 'ids': [1], 'times': [0], 'dates': [0], 'said': [null],"
                                + " 'sites': ['default'], 'sources': ['device'], 'states': ['present'], 'made': [false]}]",
                        f -> new FunctionSheetStore(f).read(Whose.of(new UserId("ann")), Start.FIRST, 1, DAY, DAY)));
    }

    private static FunctionShiftStore shifts(DatabaseFunctions functions) {
        return new FunctionShiftStore(functions);
    }

    private static FunctionHolidayStore holidays(DatabaseFunctions functions) {
        return new FunctionHolidayStore(functions);
    }
}
