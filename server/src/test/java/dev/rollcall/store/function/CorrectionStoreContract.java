package dev.rollcall.store.function;

import static dev.rollcall.store.function.CorrectionFixture.at;
import static dev.rollcall.store.function.CorrectionFixture.by;
import static dev.rollcall.store.function.CorrectionFixture.done;
import static dev.rollcall.store.function.CorrectionFixture.mark;
import static dev.rollcall.store.function.CorrectionFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.CorrectionStore.Action;
import dev.rollcall.attendance.CorrectionStore.Event;
import dev.rollcall.attendance.CorrectionStore.NewMark;
import dev.rollcall.attendance.CorrectionStore.Problem;
import dev.rollcall.attendance.CorrectionStore.Result;
import dev.rollcall.attendance.CorrectionStore.Undoing;
import dev.rollcall.attendance.CorrectionStore.Wish;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.UserId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Corrections of marks at once. */
interface CorrectionStoreContract extends CorrectionFixture {

    @Test
    default void addedMark_countsWithoutEvidenceUnderTheNextNumber() {
        UserId ann = workingPerson();
        marked(ann, 60);

        MarkOfPerson added = done(add(ann, 0, Direction.IN)).mark();

        assertThat(added.mark().number()).isEqualTo(2);
        assertThat(added.mark().markedAt()).isEqualTo(at(0));
        assertThat(added.origin().source()).isEqualTo(Source.MANUAL);
        assertThat(added.origin().keyId()).isEqualTo(ADMIN.keyId());
        assertThat(added.confidence()).isNull();
        assertThat(added.name()).isEqualTo("Ann");
        assertThat(added.standing().position()).isEqualTo(1);
        assertThat(allOf(ann).get(0).standing())
                .satisfies(standing -> assertThat(standing.position()).isEqualTo(2))
                .satisfies(standing -> assertThat(standing.direction()).isEqualTo(Direction.OUT));
        assertThat(allOf(ann).get(0).mark().direction()).isEqualTo(Direction.IN);
    }

    @Test
    default void voidedMark_staysAsItIsAndDoesNotCount() {
        UserId ann = workingPerson();
        Mark in = marked(ann, 0);
        Mark doubled = marked(ann, 1);
        Mark home = marked(ann, 540);

        MarkOfPerson voided = done(makeVoid(doubled.id())).mark();

        assertThat(voided.mark()).isEqualTo(doubled);
        assertThat(voided.standing().state()).isEqualTo(MarkState.VOIDED);
        assertThat(voided.standing().position()).isNull();
        assertThat(voided.standing().correctedBy()).isNull();
        assertThat(read(home.id()).mark()).isEqualTo(home);
        assertThat(home.direction()).isEqualTo(Direction.IN);
        assertThat(read(home.id()).standing().direction()).isEqualTo(Direction.OUT);
        assertThat(read(home.id()).standing().position()).isEqualTo(2);
        assertThat(read(in.id()).standing().position()).isEqualTo(1);
    }

    @Test
    default void directionThatSomebodySaid_staysWhateverIsVoided() {
        UserId ann = workingPerson();
        Mark in = marked(ann, 0);
        Mark said = marked(ann, 60, Direction.OUT);
        Mark next = marked(ann, 120);

        done(makeVoid(in.id()));

        assertThat(read(said.id()).standing().direction()).isEqualTo(Direction.OUT);
        assertThat(read(next.id()).standing().direction()).isEqualTo(Direction.IN);
    }

    @Test
    default void replacedMark_staysAsItIsBesideTheOneThatCounts() {
        UserId ann = workingPerson();
        Mark old = marked(ann, 0);

        MarkOfPerson other = done(replace(old.id(), mark(-30, null))).mark();

        assertThat(other.mark().markedAt()).isEqualTo(at(-30));
        assertThat(other.mark().direction()).isEqualTo(old.direction());
        assertThat(other.mark().number()).isEqualTo(2);
        assertThat(other.origin().source()).isEqualTo(Source.MANUAL);
        assertThat(other.confidence()).isNull();
        assertThat(other.standing().corrects()).isEqualTo(old.id());
        MarkOfPerson before = read(old.id());
        assertThat(before.mark()).isEqualTo(old);
        assertThat(before.confidence()).isEqualTo(0.9);
        assertThat(before.standing().state()).isEqualTo(MarkState.REPLACED);
        assertThat(before.standing().correctedBy()).isEqualTo(other.mark().id());
    }

    @Test
    default void markIsCorrectedOnce_andThenTheOneThatCountsInsteadOfIt() {
        UserId ann = workingPerson();
        Mark old = marked(ann, 0);
        long second = done(replace(old.id(), new NewMark(null, null, Direction.OUT, null)))
                .mark()
                .mark()
                .id();

        assertThat(problem(makeVoid(old.id()))).isEqualTo(new Problem.AlreadyCorrected(second));
        assertThat(read(second).mark().markedAt()).isEqualTo(old.markedAt());
        long third = done(replace(second, mark(5, null))).mark().mark().id();
        assertThat(read(third).mark().direction()).isEqualTo(Direction.OUT);
        done(makeVoid(third));
        assertThat(problem(replace(third, mark(6, null)))).isEqualTo(new Problem.AlreadyCorrected(null));
        assertThat(allOf(ann))
                .extracting(row -> row.standing().state())
                .containsExactly(MarkState.REPLACED, MarkState.REPLACED, MarkState.VOIDED);
        assertThat(allOf(ann)).extracting(row -> row.mark().number()).containsExactly(1, 2, 3);
    }

    @Test
    default void markThatLooksOtherwiseThanSeen_isAConflict() {
        UserId ann = workingPerson();
        marked(ann, 0);
        Mark second = marked(ann, 60);
        String seen = corrections().read(second.id()).orElseThrow().version();

        marked(ann, 120);
        assertThat(corrections().read(second.id()).orElseThrow().version()).isEqualTo(seen);
        done(add(ann, 30, Direction.OUT));

        assertThat(problem(corrections().correct(new Wish.MakeVoid(second.id(), seen, WHY), false, by(ADMIN))))
                .isEqualTo(new Problem.Conflict());
        String now = corrections().read(second.id()).orElseThrow().version();
        done(corrections().correct(new Wish.Replace(second.id(), now, mark(61, null), WHY), false, by(ADMIN)));
    }

    @Test
    default void twentyAtOnce_leaveOneCorrection() throws Exception {
        UserId ann = workingPerson();
        Mark old = marked(ann, 0);
        String seen = corrections().read(old.id()).orElseThrow().version();
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<Result>> results = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Wish wish = i % 2 == 0
                        ? new Wish.MakeVoid(old.id(), seen, WHY)
                        : new Wish.Replace(old.id(), seen, mark(i, null), WHY);
                results.add(threads.submit(() -> corrections().correct(wish, false, by(ADMIN))));
            }
            int made = 0;
            for (Future<Result> result : results) {
                if (result.get() instanceof Result.Done) {
                    made++;
                } else {
                    assertThat(result.get()).isEqualTo(new Result.Not(new Problem.Conflict()));
                }
            }
            assertThat(made).isEqualTo(1);
            assertThat(corrections().history(old.id(), 0, 100).orElseThrow()).hasSize(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void twoMarksThatCount_haveDifferentTimes() {
        UserId ann = workingPerson();
        Mark first = marked(ann, 0);
        Mark second = marked(ann, 10);

        assertThat(problem(add(ann, 10, Direction.OUT))).isEqualTo(new Problem.MarkExists(second.id()));
        assertThat(problem(replace(first.id(), mark(10, null)))).isEqualTo(new Problem.MarkExists(second.id()));
        done(makeVoid(second.id()));
        done(add(ann, 10, Direction.OUT));
        done(add(workingPerson(), 10, Direction.OUT));
    }

    @Test
    default void markOnAnotherWorkDate_takesTheNextNumberThere() {
        UserId ann = workingPerson();
        Mark monday = marked(ann, 0);
        Mark tuesday = marked(ann, 1440);

        MarkOfPerson moved = done(replace(tuesday.id(), mark(30, null))).mark();

        assertThat(moved.mark().workDate()).isEqualTo(monday.workDate()).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(moved.mark().number()).isEqualTo(2);
        assertThat(moved.standing().direction()).isEqualTo(Direction.OUT);
    }

    @Test
    default void whatIsNotThere_isNotCorrected() {
        UserId ann = workingPerson();
        NewMark elsewhere = new NewMark(at(0), MANY.workDate(at(0)), Direction.IN, "nowhere");

        assertThat(problem(makeVoid(Long.MAX_VALUE))).isEqualTo(new Problem.NoSuchMark());
        assertThat(problem(replace(Long.MAX_VALUE, mark(0, null)))).isEqualTo(new Problem.NoSuchMark());
        assertThat(problem(add(Samples.newUserId(), 0, Direction.IN))).isEqualTo(new Problem.NotEnrolled());
        assertThat(problem(corrections().correct(new Wish.Add(ann, elsewhere, WHY), false, by(ADMIN))))
                .isEqualTo(new Problem.UnknownSite());
        assertThat(corrections().read(Long.MAX_VALUE)).isEmpty();
        assertThat(corrections().history(Long.MAX_VALUE, 0, 10)).isEmpty();
        assertThat(allOf(ann)).isEmpty();
        assertThat(entriesOf(ann)).isEmpty();
    }

    @Test
    default void history_isTheWholeChainFromEachOfItsMarks() {
        UserId ann = workingPerson();
        Mark old = marked(ann, 0);
        long second = done(replace(old.id(), mark(5, null))).mark().mark().id();
        done(makeVoid(second));

        List<Event> events = corrections().history(old.id(), 0, 10).orElseThrow();

        assertThat(events).extracting(Event::action).containsExactly(Action.MARKED, Action.REPLACED, Action.VOIDED);
        assertThat(events).extracting(event -> event.mark().mark().id()).containsExactly(old.id(), second, second);
        assertThat(events).extracting(Event::reason).containsExactly(null, WHY, WHY);
        assertThat(events)
                .extracting(Event::keyId)
                .containsExactly(Samples.CALLER.keyId(), ADMIN.keyId(), ADMIN.keyId());
        assertThat(events)
                .extracting(Event::at)
                .containsExactly(at(0), by(ADMIN).at(), by(ADMIN).at());
        assertThat(corrections().history(second, 0, 10)).contains(events);
        assertThat(corrections().history(second, events.get(0).place(), 1)).contains(events.subList(1, 2));
        assertThat(corrections()
                        .history(done(add(ann, 9, Direction.IN)).mark().mark().id(), 0, 10)
                        .orElseThrow())
                .extracting(Event::action)
                .containsExactly(Action.ADDED);
    }

    @Test
    default void everyCorrection_isInTheAuditLogWithItsReason() {
        UserId ann = workingPerson();
        Mark old = marked(ann, 0);
        long second = done(replace(old.id(), mark(5, null))).mark().mark().id();
        done(makeVoid(second));
        long added = done(add(ann, 9, Direction.IN)).mark().mark().id();

        assertThat(entriesOf(ann))
                .extracting(entry -> entry.action() + " " + entry.details().replaceAll("[\" ]", ""))
                .containsExactly(
                        "MARK_REPLACED {mark:" + old.id() + ",reason:Forgotthecard.,new_mark:" + second + "}",
                        "MARK_VOIDED {mark:" + second + ",reason:Forgotthecard.}",
                        "MARK_ADDED {reason:Forgotthecard.,new_mark:" + added + "}");
        assertThat(entriesOf(ann)).allSatisfy(entry -> assertThat(entry.keyId()).isEqualTo(ADMIN.keyId()));
    }

    @Test
    default void marksOfAnErasedPerson_areCorrectedNoMore() {
        UserId ann = workingPerson();
        Mark old = marked(ann, 0);
        long second = done(replace(old.id(), mark(5, null))).mark().mark().id();

        people().erase(ann, MORNING, KeptMarks.KEEP, ADMIN);

        assertThat(problem(makeVoid(second))).isEqualTo(new Problem.NotEnrolled());
        assertThat(problem(add(ann, 9, Direction.IN))).isEqualTo(new Problem.NotEnrolled());
        assertThat(corrections().undo(second, 9999, WHY, by(ADMIN))).isEqualTo(new Undoing.NoSuchMark());
        assertThat(corrections().history(old.id(), 0, 10).orElseThrow())
                .extracting(Event::reason)
                .containsExactly(null, WHY);

        people().erase(ann, MORNING, KeptMarks.PSEUDONYMISE, ADMIN);

        assertThat(corrections().history(old.id(), 0, 10).orElseThrow())
                .extracting(Event::reason)
                .containsExactly(null, "erased");
        assertThat(read(old.id()).userId().value()).startsWith("erased-");
        assertThat(read(second).standing().corrects()).isEqualTo(old.id());
    }

    @Test
    default void correctionThatWouldChangeNothing_isNone() {
        UserId ann = workingPerson();
        Mark only = marked(ann, 0);

        assertThat(problem(replace(only.id(), mark(0, null)))).isEqualTo(new Problem.Unchanged());
        assertThat(problem(replace(only.id(), mark(0, Direction.IN)))).isEqualTo(new Problem.Unchanged());
        assertThat(read(only.id()).standing().state()).isEqualTo(MarkState.PRESENT);
        done(replace(only.id(), mark(0, Direction.OUT)));
    }
}
