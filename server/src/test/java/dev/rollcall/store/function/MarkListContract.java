package dev.rollcall.store.function;

import static dev.rollcall.store.function.CorrectionFixture.at;
import static dev.rollcall.store.function.CorrectionFixture.done;
import static dev.rollcall.store.function.CorrectionFixture.mark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkFilter;
import dev.rollcall.attendance.MarkFilter.Days;
import dev.rollcall.attendance.MarkFilter.Made;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.attendance.MarkFilter.Standing;
import dev.rollcall.attendance.MarkFilter.Times;
import dev.rollcall.attendance.MarkFilter.Whose;
import dev.rollcall.attendance.MarkOrder;
import dev.rollcall.attendance.MarkOrder.Position;
import dev.rollcall.people.Label;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.UserId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists of marks: filters, orders, pages, totals and the version. */
interface MarkListContract extends CorrectionFixture {

    PeopleDirectory directory();

    @Test
    default void orders_haveEveryMarkOnceOverAllPages() {
        UserId ann = workingPerson();
        long first = marked(ann, 0).id();
        long second = marked(ann, 60).id();
        long early = done(add(ann, -60, Direction.OUT)).mark().mark().id();
        long twin = done(replace(first, mark(0, Direction.OUT))).mark().mark().id();

        MarkFilter all = filter(ann);
        assertThat(paged(all, MarkOrder.WRITTEN, 3)).containsExactly(first, second, early, twin);
        for (int limit = 1; limit <= 5; limit++) {
            assertThat(paged(all, MarkOrder.OLDEST, limit)).containsExactly(early, first, twin, second);
            assertThat(paged(all, MarkOrder.NEWEST, limit)).containsExactly(second, twin, first, early);
        }
    }

    @Test
    default void lastId_isThatOfTheMarkWrittenLast() {
        UserId ann = workingPerson();
        marked(ann, 0);
        long last = marked(ann, 60).id();

        assertThat(attendance().lastId()).isEqualTo(last);
        done(makeVoid(last));
        assertThat(attendance().lastId()).isEqualTo(last);
    }

    @Test
    default void filters_leaveTheMarksThatTheyDescribe() {
        UserId ann = workingPerson();
        Mark in = marked(ann, 0);
        Mark wrong = marked(ann, 1);
        Mark home = marked(ann, 540);
        Mark nextDay = marked(ann, 1440);
        done(makeVoid(wrong.id()));
        long fixed = done(replace(nextDay.id(), mark(1450, null))).mark().mark().id();
        long added = done(add(ann, 1500, Direction.OUT)).mark().mark().id();

        assertThat(ids(standing(ann, new Standing(MarkState.PRESENT, null, null))))
                .containsExactly(in.id(), home.id(), fixed, added);
        assertThat(ids(standing(ann, new Standing(MarkState.VOIDED, null, null))))
                .containsExactly(wrong.id());
        assertThat(ids(standing(ann, new Standing(MarkState.REPLACED, null, null))))
                .containsExactly(nextDay.id());
        assertThat(ids(standing(ann, new Standing(null, null, true))))
                .containsExactly(wrong.id(), nextDay.id(), fixed, added);
        assertThat(ids(standing(ann, new Standing(null, null, false)))).containsExactly(in.id(), home.id());
        assertThat(ids(standing(ann, new Standing(MarkState.PRESENT, Direction.OUT, null))))
                .containsExactly(home.id(), added);
        assertThat(ids(made(ann, new Made(null, null, Source.MANUAL)))).containsExactly(fixed, added);
        assertThat(ids(made(ann, new Made("default", Samples.CALLER.keyId(), null))))
                .hasSize(4);
        assertThat(ids(made(ann, new Made(null, ADMIN.keyId(), null)))).containsExactly(fixed, added);
        assertThat(ids(made(ann, new Made("gate", null, null)))).isEmpty();
        LocalDate day = in.workDate();
        assertThat(ids(days(ann, new Days(day, day)))).containsExactly(in.id(), wrong.id(), home.id());
        assertThat(ids(days(ann, new Days(day.plusDays(1), null)))).containsExactly(nextDay.id(), fixed, added);
        assertThat(ids(times(ann, new Times(at(1), at(1450))))).containsExactly(wrong.id(), home.id(), nextDay.id());
        assertThat(ids(times(ann, new Times(null, at(1))))).containsExactly(in.id());
    }

    @Test
    default void groups_areThoseThatPeopleAreInNow() {
        UserId ann = workingPerson();
        UserId bob = workingPerson();
        String night = "Night " + ann.value();
        directory().change(ann, group(night), Samples.MODEL, new PeopleDirectory.Change(MORNING, ADMIN));
        Mark mark = marked(ann, 0);
        Mark ofBob = marked(bob, 0);

        assertThat(ids(group(null, new Label(night)))).containsExactly(mark.id());
        assertThat(ids(group(ann, Label.NONE))).isEmpty();
        assertThat(ids(group(bob, Label.NONE))).containsExactly(ofBob.id());
        assertThat(attendance().count(group(null, new Label(night)))).isEqualTo(1);
    }

    @Test
    default void total_countsAllPages() {
        UserId ann = workingPerson();
        for (int i = 0; i < 7; i++) {
            marked(ann, i);
        }
        done(makeVoid(allOf(ann).get(2).mark().id()));

        assertThat(attendance().count(filter(ann))).isEqualTo(7);
        assertThat(attendance().count(standing(ann, new Standing(MarkState.PRESENT, null, null))))
                .isEqualTo(6);
        assertThat(attendance().count(standing(ann, new Standing(null, Direction.IN, null))))
                .isEqualTo(4);
    }

    @Test
    default void version_changesWithWhateverListsShow() {
        UserId ann = workingPerson();
        List<String> versions = new ArrayList<>();
        versions.add(attendance().version());
        assertThat(attendance().version()).isEqualTo(versions.get(0));
        Mark mark = marked(ann, 0);
        versions.add(attendance().version());
        directory().change(ann, group("Night"), Samples.MODEL, new PeopleDirectory.Change(MORNING, ADMIN));
        versions.add(attendance().version());
        done(makeVoid(mark.id()));
        versions.add(attendance().version());
        people().erase(ann, MORNING, KeptMarks.KEEP, ADMIN);
        versions.add(attendance().version());

        assertThat(versions).doesNotHaveDuplicates();
    }

    private static PersonChange group(String group) {
        return new PersonChange(null, new Label(group), null, null, null);
    }

    private static MarkFilter filter(UserId person) {
        return new MarkFilter(
                new Whose(person, null),
                MarkFilter.ALL.made(),
                MarkFilter.ALL.standing(),
                MarkFilter.ALL.days(),
                MarkFilter.ALL.times());
    }

    private static MarkFilter group(@Nullable UserId person, Label group) {
        MarkFilter all = MarkFilter.ALL;
        return new MarkFilter(new Whose(person, group), all.made(), all.standing(), all.days(), all.times());
    }

    private static MarkFilter standing(UserId person, Standing standing) {
        MarkFilter all = filter(person);
        return new MarkFilter(all.whose(), all.made(), standing, all.days(), all.times());
    }

    private static MarkFilter made(UserId person, Made made) {
        MarkFilter all = filter(person);
        return new MarkFilter(all.whose(), made, all.standing(), all.days(), all.times());
    }

    private static MarkFilter days(UserId person, Days days) {
        MarkFilter all = filter(person);
        return new MarkFilter(all.whose(), all.made(), all.standing(), days, all.times());
    }

    private static MarkFilter times(UserId person, Times times) {
        MarkFilter all = filter(person);
        return new MarkFilter(all.whose(), all.made(), all.standing(), all.days(), times);
    }

    private List<Long> ids(MarkFilter filter) {
        return paged(filter, MarkOrder.OLDEST, 100);
    }

    /** The ids of all pages of so many marks. */
    private List<Long> paged(MarkFilter filter, MarkOrder order, int limit) {
        List<Long> ids = new ArrayList<>();
        Position after = null;
        List<MarkOfPerson> page;
        do {
            page = attendance().list(new Query(filter, order, after, limit));
            page.forEach(row -> ids.add(row.mark().id()));
            if (!page.isEmpty()) {
                Mark last = page.get(page.size() - 1).mark();
                after = new Position(order == MarkOrder.WRITTEN ? null : last.markedAt(), last.id());
            }
        } while (page.size() == limit);
        return ids;
    }
}
