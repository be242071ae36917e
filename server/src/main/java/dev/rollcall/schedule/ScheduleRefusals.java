package dev.rollcall.schedule;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.PeopleRefusals;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The refusals that concern shifts, assignments and holidays. */
public final class ScheduleRefusals {

    private static final String FIELD = "field";

    private ScheduleRefusals() {}

    static Refusal of(ShiftStore.Problem problem) {
        return switch (problem.reason()) {
            case SHIFT_NOT_FOUND -> noSuchShift();
            case SHIFT_EXISTS -> shiftExists();
            case TOO_MANY -> invalid("shift", "there are already " + ShiftStore.MOST_SHIFTS + " shifts");
            case CONFLICT -> new Refusal(Code.CONFLICT, "The shift was changed meanwhile. Read it again.");
            case SHIFT_IN_USE -> shiftInUse();
            case OVERLAPS -> overlap(problem.assignment());
            case NOT_ENROLLED -> PeopleRefusals.notEnrolled();
            case ASSIGNMENT_NOT_FOUND -> noSuchAssignment();
            case NO_DATES -> invalid("to", "to must not be before from");
        };
    }

    public static Refusal noSuchShift() {
        return new Refusal(Code.SHIFT_NOT_FOUND, "There is no shift with this id.");
    }

    public static Refusal shiftExists() {
        return new Refusal(Code.SHIFT_EXISTS, "There is already a shift with this id.");
    }

    /** A shift that sheets of the past depend on stays. */
    public static Refusal shiftInUse() {
        return new Refusal(Code.SHIFT_IN_USE, "The shift is or was assigned. Remove its assignments first.");
    }

    /**
     * Nobody has two shifts on one day.
     *
     * @param assignment the id of the other assignment
     */
    public static Refusal overlap(@Nullable Long assignment) {
        return new Refusal(
                Code.SHIFTS_OVERLAP,
                "There is another shift for the same person or group on one of these days.",
                assignment == null ? Map.of() : Map.of("assignment_id", assignment));
    }

    public static Refusal noSuchAssignment() {
        return new Refusal(Code.ASSIGNMENT_NOT_FOUND, "There is no assignment with this id.");
    }

    public static Refusal noSuchHoliday() {
        return new Refusal(Code.HOLIDAY_NOT_FOUND, "There is no holiday with this id.");
    }

    static Refusal invalid(String field, String detail) {
        return new Refusal(Code.INVALID_REQUEST, detail, Map.of(FIELD, field));
    }
}
