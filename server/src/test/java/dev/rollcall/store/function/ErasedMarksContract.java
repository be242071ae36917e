package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.TWO_A_DAY;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PeopleStore.Erasure;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the marks of people who are erased. */
interface ErasedMarksContract {

    PeopleStore people();

    AttendanceStore attendance();

    @Test
    default void marksOfAnErasedPerson_stayWithoutTheName() {
        UserId ann = enrolled();
        mark(ann, MORNING);

        assertThat(people().erase(ann, MORNING, KeptMarks.KEEP, Samples.CALLER)
                        .orElseThrow()
                        .marksKept())
                .isEqualTo(1);

        assertThat(marksOf(ann)).singleElement().satisfies(row -> assertThat(row.name())
                .isNull());
        assertThat(mark(ann, MORNING.plusSeconds(1))).isInstanceOf(MarkDecision.UnknownPerson.class);
    }

    @Test
    default void marksOfSomebodyErasedBefore_canStillBePseudonymised() {
        UserId ann = enrolled();
        mark(ann, MORNING);
        people().erase(ann, MORNING, KeptMarks.KEEP, Samples.CALLER);

        assertThat(people().erase(ann, MORNING, KeptMarks.KEEP, Samples.CALLER)).isEmpty();
        assertThat(people().erase(ann, MORNING, KeptMarks.PSEUDONYMISE, Samples.CALLER)
                        .orElseThrow()
                        .marksPseudonymised())
                .isEqualTo(1);
        assertThat(people().erase(ann, MORNING, KeptMarks.PSEUDONYMISE, Samples.CALLER))
                .isEmpty();
    }

    @Test
    default void pseudonymisedMarks_areNobodysAndStillCounted() {
        UserId ann = enrolled();
        mark(ann, MORNING);
        mark(ann, MORNING.plusSeconds(60));
        List<Long> ids = marksOf(ann).stream().map(row -> row.mark().id()).toList();

        Erasure erasure = people().erase(ann, MORNING, KeptMarks.PSEUDONYMISE, Samples.CALLER)
                .orElseThrow();

        assertThat(erasure.marksKept()).isZero();
        assertThat(erasure.marksPseudonymised()).isEqualTo(2);
        assertThat(marksOf(ann)).isEmpty();
        List<MarkOfPerson> left = attendance().list(new Query(null, null, null, ids.get(0) - 1, 1000)).stream()
                .filter(row -> ids.contains(row.mark().id()))
                .toList();
        assertThat(left).hasSize(2);
        assertThat(left.get(0).userId()).isEqualTo(left.get(1).userId());
        assertThat(left.get(0).userId().value()).startsWith("erased-").doesNotContain(ann.value());
    }

    private UserId enrolled() {
        UserId userId = newUserId();
        Samples.enroll(people(), userId, 1);
        return userId;
    }

    private List<MarkOfPerson> marksOf(UserId person) {
        return attendance().list(new Query(person, null, null, 0, 10));
    }

    private MarkDecision mark(UserId person, Instant at) {
        Marking marking = attendance().mark(Samples.request(person, at), TWO_A_DAY);
        return ((Marking.Decided) marking).decision();
    }
}
