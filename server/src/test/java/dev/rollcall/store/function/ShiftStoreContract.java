package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditStore;
import dev.rollcall.keys.By;
import dev.rollcall.people.PeopleStore;
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
import dev.rollcall.schedule.ShiftStore;
import dev.rollcall.schedule.ShiftStore.AssignmentQuery;
import dev.rollcall.schedule.ShiftStore.DatesChange;
import dev.rollcall.schedule.ShiftStore.End;
import dev.rollcall.schedule.ShiftStore.NewShift;
import dev.rollcall.schedule.ShiftStore.Problem;
import dev.rollcall.schedule.ShiftStore.Reason;
import dev.rollcall.schedule.ShiftStore.Result;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of shifts and assignments must do. */
interface ShiftStoreContract {

    ShiftRules NIGHT = new ShiftRules(
            LocalTime.of(22, 0),
            LocalTime.of(6, 30),
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            new BreakRule(BreakRule.Kind.AUTOMATIC, 30, 300),
            new Grace(5, 10),
            new MarkWindow(60, 120),
            new Rounding(15, Rounding.Mode.UP, Rounding.Mode.DOWN));

    By NOW = new By(MORNING, CALLER);
    By LATER = new By(MORNING.plusSeconds(60), CALLER);
    LocalDate FIRST = LocalDate.of(2026, 11, 2);
    Dates FROM_THEN_ON = new Dates(FIRST, null);

    ShiftStore shifts();

    PeopleStore people();

    AuditStore audit();

    @Test
    default void shift_isAsItWasAdded() {
        String id = newShiftId();

        Shift made = done(shifts().create(new NewShift(id, "Night", NIGHT), NOW));

        assertThat(made.rules()).isEqualTo(NIGHT);
        assertThat(made.createdAt()).isEqualTo(made.updatedAt()).isEqualTo(MORNING);
        assertThat(shifts().find(id)).contains(made);
        assertThat(shifts().shifts()).contains(made).extracting(Shift::id).isSorted();
        assertThat(problem(shifts().create(new NewShift(id, "Other", NIGHT), NOW)))
                .isEqualTo(Reason.SHIFT_EXISTS);
        assertThat(entries("SHIFT_CREATED", id)).hasSize(1);
    }

    @Test
    default void changeOfAShift_changesWhatItHas() {
        Shift before = newShift(NIGHT);
        ShiftChange change = new ShiftChange(
                null, new ShiftChange.Rules(null, LocalTime.of(7, 0), null, null, Grace.NONE, null, null));

        Shift after = done(shifts().change(before.id(), change, Set.of("other", before.version()), LATER));

        assertThat(after.rules()).isEqualTo(change.rules().on(NIGHT));
        assertThat(after.name()).isEqualTo(before.name());
        assertThat(after.updatedAt()).isEqualTo(LATER.at());
        assertThat(after.version()).isNotEqualTo(before.version());
        assertThat(problem(shifts().change(before.id(), change, Set.of(before.version()), LATER)))
                .isEqualTo(Reason.CONFLICT);
        assertThat(done(shifts().change(before.id(), change, Set.of(), LATER))).isEqualTo(after);
        assertThat(entries("SHIFT_CHANGED", before.id())).singleElement().satisfies(entry -> assertThat(entry.details())
                .contains("ends_at")
                .doesNotContain("starts_at"));
    }

    @Test
    default void shift_isDeletedUnlessItWasAssigned() {
        Shift shift = newShift(NIGHT);
        Assignment assignment = done(shifts().assign(shift.id(), Assignee.group(shift.id()), FROM_THEN_ON, NOW));

        assertThat(problem(shifts().delete(shift.id(), Set.of(), NOW))).isEqualTo(Reason.SHIFT_IN_USE);
        assertThat(shifts().deleteAssignment(assignment.id(), NOW)).isTrue();
        assertThat(shifts().deleteAssignment(assignment.id(), NOW)).isFalse();
        assertThat(problem(shifts().delete(shift.id(), Set.of("other"), NOW))).isEqualTo(Reason.CONFLICT);
        assertThat(done(shifts().delete(shift.id(), Set.of(shift.version()), NOW)))
                .isEqualTo(shift.id());
        assertThat(shifts().find(shift.id())).isEmpty();
        assertThat(problem(shifts().delete(shift.id(), Set.of(), NOW))).isEqualTo(Reason.SHIFT_NOT_FOUND);
        assertThat(entries("SHIFT_DELETED", shift.id())).hasSize(1);
    }

    @Test
    default void assignments_areListedByWhatTheyHave() {
        Shift shift = newShift(NIGHT);
        UserId ann = newPerson();
        Assignment own =
                done(shifts().assign(shift.id(), Assignee.person(ann), new Dates(FIRST, FIRST.plusDays(6)), NOW));
        Assignment group = done(shifts().assign(shift.id(), Assignee.group(shift.id()), FROM_THEN_ON, NOW));

        assertThat(own.assignee()).isEqualTo(Assignee.person(ann));
        assertThat(shifts().assignments(query(shift.id(), null, null))).containsExactly(own, group);
        assertThat(shifts().assignments(query(null, ann, null))).containsExactly(own);
        assertThat(shifts().assignments(query(shift.id(), null, FIRST.plusDays(7))))
                .containsExactly(group);
        assertThat(shifts().assignments(query(shift.id(), null, FIRST.minusDays(1))))
                .isEmpty();
        assertThat(entries("SHIFT_ASSIGNED", shift.id())).hasSize(2);
    }

    @Test
    default void twoShiftsOnOneDay_areRefused() {
        Shift night = newShift(NIGHT);
        Shift weekend = newShift(on(DayOfWeek.SATURDAY));
        Assignee ann = Assignee.person(newPerson());
        Assignment own = done(shifts().assign(night.id(), ann, new Dates(FIRST, FIRST.plusDays(6)), NOW));

        assertThat(not(shifts().assign(night.id(), ann, FROM_THEN_ON, NOW)))
                .isEqualTo(new Problem(Reason.OVERLAPS, own.id()));
        done(shifts().assign(weekend.id(), ann, FROM_THEN_ON, NOW));
        Assignment next = done(shifts().assign(night.id(), ann, new Dates(FIRST.plusDays(7), null), NOW));

        assertThat(not(shifts().change(own.id(), new DatesChange(null, new End(null)), NOW)))
                .isEqualTo(new Problem(Reason.OVERLAPS, next.id()));
        assertThat(problem(shifts().change(weekend.id(), new ShiftChange(null, days(DayOfWeek.FRIDAY)), Set.of(), NOW)))
                .isEqualTo(Reason.OVERLAPS);
        done(shifts().change(weekend.id(), new ShiftChange(null, days(DayOfWeek.SUNDAY)), Set.of(), NOW));
    }

    @Test
    default void shiftThatBeginsBeforeTheOneOfTheDayBeforeHasEnded_isRefused() {
        Shift night = newShift(at(20, 8, DayOfWeek.MONDAY));
        Shift early = newShift(at(6, 14, DayOfWeek.TUESDAY));
        Shift late = newShift(at(8, 14, DayOfWeek.TUESDAY));
        Assignee ann = Assignee.person(newPerson());
        Assignee bob = Assignee.person(newPerson());
        Assignment nights = done(shifts().assign(night.id(), ann, FROM_THEN_ON, NOW));
        Assignment mornings = done(shifts().assign(early.id(), bob, FROM_THEN_ON, NOW));

        assertThat(not(shifts().assign(early.id(), ann, FROM_THEN_ON, NOW)))
                .isEqualTo(new Problem(Reason.OVERLAPS, nights.id()));
        assertThat(not(shifts().assign(night.id(), bob, FROM_THEN_ON, NOW)))
                .isEqualTo(new Problem(Reason.OVERLAPS, mornings.id()));
        done(shifts().assign(late.id(), ann, FROM_THEN_ON, NOW));
        assertThat(problem(shifts().change(
                                late.id(),
                                new ShiftChange(
                                        null,
                                        new ShiftChange.Rules(LocalTime.of(7, 0), null, null, null, null, null, null)),
                                Set.of(),
                                NOW)))
                .isEqualTo(Reason.OVERLAPS);
    }

    @Test
    default void shiftOnTheDayBehindTheLastNight_isRefusedIfTheyMeet() {
        Shift night = newShift(at(20, 8, DayOfWeek.MONDAY));
        Shift early = newShift(at(6, 14, DayOfWeek.TUESDAY));
        Assignee ann = Assignee.person(newPerson());
        Assignment one = done(shifts().assign(night.id(), ann, new Dates(FIRST, FIRST), NOW));

        assertThat(not(shifts().assign(early.id(), ann, new Dates(FIRST.plusDays(1), null), NOW)))
                .isEqualTo(new Problem(Reason.OVERLAPS, one.id()));
        done(shifts().assign(early.id(), ann, new Dates(FIRST.plusDays(2), null), NOW));
    }

    @Test
    default void datesOfAnAssignment_change() {
        Shift shift = newShift(NIGHT);
        Assignment open = done(shifts().assign(shift.id(), Assignee.person(newPerson()), FROM_THEN_ON, NOW));
        LocalDate last = FIRST.plusDays(30);

        assertThat(done(shifts().change(open.id(), new DatesChange(null, new End(last)), NOW))
                        .dates())
                .isEqualTo(new Dates(FIRST, last));
        assertThat(problem(shifts().change(open.id(), new DatesChange(last.plusDays(1), null), NOW)))
                .isEqualTo(Reason.NO_DATES);
        assertThat(done(shifts().change(open.id(), new DatesChange(last, new End(null)), NOW))
                        .dates())
                .isEqualTo(new Dates(last, null));
        assertThat(problem(shifts().change(Long.MAX_VALUE, new DatesChange(null, null), NOW)))
                .isEqualTo(Reason.ASSIGNMENT_NOT_FOUND);
    }

    @Test
    default void whoOrWhatIsNotThere_isNotAssigned() {
        Shift shift = newShift(NIGHT);

        assertThat(problem(shifts().assign("nothing", Assignee.group("g"), FROM_THEN_ON, NOW)))
                .isEqualTo(Reason.SHIFT_NOT_FOUND);
        assertThat(problem(shifts().assign(shift.id(), Assignee.person(Samples.newUserId()), FROM_THEN_ON, NOW)))
                .isEqualTo(Reason.NOT_ENROLLED);
    }

    @Test
    default void erasure_removesThePersonsAssignments() {
        Shift shift = newShift(NIGHT);
        UserId ann = newPerson();
        done(shifts().assign(shift.id(), Assignee.person(ann), FROM_THEN_ON, NOW));

        people().erase(ann, MORNING, PeopleStore.KeptMarks.KEEP, CALLER);

        assertThat(shifts().assignments(query(shift.id(), null, null))).isEmpty();
    }

    private UserId newPerson() {
        UserId userId = Samples.newUserId();
        Samples.enroll(people(), userId, 1);
        return userId;
    }

    private Shift newShift(ShiftRules rules) {
        return done(shifts().create(new NewShift(newShiftId(), "Shift", rules), NOW));
    }

    static String newShiftId() {
        return "s-" + UUID.randomUUID();
    }

    private static ShiftRules at(int start, int end, DayOfWeek day) {
        return ShiftRules.plain(LocalTime.of(start, 0), LocalTime.of(end, 0), EnumSet.of(day));
    }

    private static ShiftRules on(DayOfWeek day) {
        return ShiftRules.plain(LocalTime.of(8, 0), LocalTime.of(16, 0), EnumSet.of(day));
    }

    private static ShiftChange.Rules days(DayOfWeek day) {
        return new ShiftChange.Rules(null, null, EnumSet.of(day), null, null, null, null);
    }

    private static AssignmentQuery query(@Nullable String shift, @Nullable UserId userId, @Nullable LocalDate on) {
        return new AssignmentQuery(shift, userId, null, on, 0, 10);
    }

    static <T> T done(Result<T> result) {
        return ((Result.Done<T>) result).value();
    }

    private static <T> Problem not(Result<T> result) {
        return ((Result.Not<T>) result).problem();
    }

    private static <T> Reason problem(Result<T> result) {
        return not(result).reason();
    }

    private List<AuditStore.Entry> entries(String action, String shift) {
        return audit().list(new AuditStore.Query(action, null, null, null, null, null, null, 200)).stream()
                .filter(entry -> entry.details().contains(shift))
                .toList();
    }
}
