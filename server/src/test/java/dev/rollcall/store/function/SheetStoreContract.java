package dev.rollcall.store.function;

import static dev.rollcall.store.function.ShiftStoreContract.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.CorrectionStore.NewMark;
import dev.rollcall.attendance.CorrectionStore.Wish;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.people.Label;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.UserId;
import dev.rollcall.reports.SheetStore;
import dev.rollcall.reports.SheetStore.PersonRecord;
import dev.rollcall.reports.SheetStore.Start;
import dev.rollcall.reports.SheetStore.Whose;
import dev.rollcall.schedule.Assignment;
import dev.rollcall.schedule.Assignment.Assignee;
import dev.rollcall.schedule.Dates;
import dev.rollcall.schedule.DayMark;
import dev.rollcall.schedule.ShiftStore;
import dev.rollcall.schedule.ShiftStore.NewShift;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of what sheets are made of must do. */
interface SheetStoreContract extends CorrectionFixture {

    LocalDate THAT_DAY = LocalDate.of(2026, 11, 22);

    SheetStore sheets();

    ShiftStore shifts();

    PeopleDirectory directory();

    @Test
    default void personWithoutMarks_isThere() {
        UserId ann = workingPerson();

        assertThat(read(Whose.of(ann))).singleElement().satisfies(person -> {
            assertThat(person.userId()).isEqualTo(ann);
            assertThat(person.externalId()).isNull();
            assertThat(person.inactiveSince()).isNull();
            assertThat(person.marks()).isEmpty();
            assertThat(person.assignments()).isEmpty();
        });
    }

    @Test
    default void personWhoIsNotActive_isThereWithTheTimeSinceWhen() {
        UserId ann = workingPerson();
        PersonChange inactive = new PersonChange(null, null, null, false, null);
        Instant first = CorrectionFixture.at(30);

        directory().change(ann, inactive, Samples.MODEL, new PeopleDirectory.Change(first, Samples.CALLER));
        directory()
                .change(
                        ann,
                        inactive,
                        Samples.MODEL,
                        new PeopleDirectory.Change(CorrectionFixture.at(60), Samples.CALLER));

        assertThat(read(Whose.of(ann))).extracting(PersonRecord::inactiveSince).containsExactly(first);
        directory()
                .change(
                        ann,
                        new PersonChange(null, null, null, true, null),
                        Samples.MODEL,
                        new PeopleDirectory.Change(CorrectionFixture.at(90), Samples.CALLER));
        assertThat(read(Whose.of(ann)).get(0).inactiveSince()).isNull();
    }

    @Test
    default void marks_comeByTimeWithWhatCorrectionsMadeOfThem() {
        UserId ann = workingPerson();
        Mark in = marked(ann, 0);
        Mark out = marked(ann, 60, Direction.OUT);
        corrections().correct(new Wish.MakeVoid(out.id(), null, WHY), false, CorrectionFixture.by(ADMIN));
        NewMark later = new NewMark(CorrectionFixture.at(90), THAT_DAY, Direction.OUT, "default");
        corrections().correct(new Wish.Add(ann, later, WHY), false, CorrectionFixture.by(ADMIN));

        List<DayMark> marks = read(Whose.of(ann)).get(0).marks();

        assertThat(marks.subList(0, 2))
                .containsExactly(
                        new DayMark(
                                in.id(),
                                in.markedAt(),
                                THAT_DAY,
                                null,
                                "default",
                                Source.DEVICE,
                                MarkState.PRESENT,
                                false),
                        new DayMark(
                                out.id(),
                                out.markedAt(),
                                THAT_DAY,
                                Direction.OUT,
                                "default",
                                Source.DEVICE,
                                MarkState.VOIDED,
                                false));
        assertThat(marks.get(2)).satisfies(mark -> {
            assertThat(mark.at()).isEqualTo(later.at());
            assertThat(mark.replaces()).isTrue();
            assertThat(mark.state()).isEqualTo(MarkState.PRESENT);
        });
    }

    @Test
    default void range_leavesOutOtherWorkDates() {
        UserId ann = workingPerson();
        marked(ann, 0);

        assertThat(sheets().read(Whose.of(ann), Start.FIRST, 5, THAT_DAY, THAT_DAY)
                        .get(0)
                        .marks())
                .hasSize(1);
        assertThat(sheets().read(Whose.of(ann), Start.FIRST, 5, THAT_DAY.plusDays(1), THAT_DAY.plusDays(40))
                        .get(0)
                        .marks())
                .isEmpty();
    }

    @Test
    default void people_areChosenByGroupAndSiteAndPaged() {
        String group = "g-" + UUID.randomUUID();
        UserId ann = workingPerson();
        UserId bob = workingPerson();
        for (UserId one : List.of(ann, bob)) {
            directory()
                    .change(
                            one,
                            new PersonChange(null, new Label(group), null, null, null),
                            Samples.MODEL,
                            new PeopleDirectory.Change(MORNING, ADMIN));
        }
        Whose both = new Whose(null, new Label(group), Label.NONE);

        List<PersonRecord> people = read(both);
        assertThat(people).extracting(PersonRecord::userId).containsExactlyInAnyOrder(ann, bob);
        String first = people.get(0).userId().value();
        assertThat(sheets().read(both, new Start(first, false), 5, THAT_DAY, THAT_DAY))
                .extracting(PersonRecord::userId)
                .containsExactly(people.get(1).userId());
        assertThat(sheets().read(both, new Start(first, true), 5, THAT_DAY, THAT_DAY))
                .hasSize(2);
        assertThat(sheets().read(both, Start.FIRST, 1, THAT_DAY, THAT_DAY)).hasSize(1);
        assertThat(read(new Whose(null, new Label(group), new Label("default"))))
                .isEmpty();
    }

    @Test
    default void assignments_areThoseOfThePersonAndTheGroupInTheRange() {
        String group = "g-" + UUID.randomUUID();
        UserId ann = workingPerson();
        directory()
                .change(
                        ann,
                        new PersonChange(null, new Label(group), null, null, null),
                        Samples.MODEL,
                        new PeopleDirectory.Change(MORNING, ADMIN));
        String shift = ShiftStoreContract.newShiftId();
        done(shifts().create(new NewShift(shift, "Night", ShiftStoreContract.NIGHT), ShiftStoreContract.NOW));
        Assignment own =
                done(shifts().assign(shift, Assignee.person(ann), new Dates(THAT_DAY, null), ShiftStoreContract.NOW));
        Assignment ofGroup = done(shifts().assign(
                        shift,
                        Assignee.group(group),
                        new Dates(THAT_DAY, THAT_DAY.plusDays(3)),
                        ShiftStoreContract.NOW));

        assertThat(read(Whose.of(ann)).get(0).assignments()).containsExactly(own, ofGroup);
        assertThat(sheets().read(Whose.of(ann), Start.FIRST, 5, THAT_DAY.plusDays(4), THAT_DAY.plusDays(9))
                        .get(0)
                        .assignments())
                .containsExactly(own);
    }

    private List<PersonRecord> read(Whose whose) {
        return sheets().read(whose, Start.FIRST, 5, THAT_DAY.minusDays(30), THAT_DAY.plusDays(30));
    }
}
