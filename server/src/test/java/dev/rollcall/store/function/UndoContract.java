package dev.rollcall.store.function;

import static dev.rollcall.store.function.CorrectionFixture.by;
import static dev.rollcall.store.function.CorrectionFixture.done;
import static dev.rollcall.store.function.CorrectionFixture.mark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.CorrectionStore.Action;
import dev.rollcall.attendance.CorrectionStore.Undoing;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.keys.By;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.UserId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Marks that devices take back. */
interface UndoContract extends CorrectionFixture {

    @Test
    default void device_takesItsLastMarkBack() {
        UserId ann = workingPerson();
        Mark first = marked(ann, 0);
        Mark last = marked(ann, 1);

        assertThat(undo(first, 600, Samples.CALLER)).isEqualTo(new Undoing.TooLate());
        assertThat(undo(last, 600, ADMIN)).isEqualTo(new Undoing.NoSuchMark());
        assertThat(undo(last, 4, Samples.CALLER)).isEqualTo(new Undoing.TooLate());
        Undoing undone = undo(last, 5, Samples.CALLER);

        assertThat(((Undoing.Undone) undone).mark().mark().standing().state()).isEqualTo(MarkState.VOIDED);
        assertThat(undo(last, 5, Samples.CALLER)).as("repeated").isEqualTo(undone);
        assertThat(corrections().history(last.id(), 0, 10).orElseThrow().get(1))
                .satisfies(event -> assertThat(event.action()).isEqualTo(Action.VOIDED))
                .satisfies(event -> assertThat(event.keyId()).isEqualTo(Samples.CALLER.keyId()))
                .satisfies(event -> assertThat(event.reason()).isEqualTo("That isn't me"));
        assertThat(entriesOf(ann)).singleElement().satisfies(entry -> assertThat(entry.action())
                .isEqualTo("MARK_UNDONE"));
    }

    @Test
    default void markThatSomebodyElseHasCorrected_isNotTakenBack() {
        UserId ann = workingPerson();
        Mark first = marked(ann, 0);
        long second = done(replace(first.id(), mark(1, null))).mark().mark().id();
        assertThat(undo(first, 5, Samples.CALLER)).isEqualTo(new Undoing.AlreadyCorrected(second));

        Mark third = marked(ann, 2);
        done(makeVoid(third.id()));
        assertThat(undo(third, 5, Samples.CALLER)).isEqualTo(new Undoing.AlreadyCorrected(null));
    }

    @Test
    default void lateMark_isTakenBackForSecondsAfterItsReceipt() {
        UserId ann = workingPerson();
        Mark now = marked(ann, 0);
        Mark late = late(ann, now.markedAt().minus(Duration.ofHours(1)), now.markedAt());
        By soon = new By(now.markedAt().plusSeconds(5), Samples.CALLER);

        assertThat(corrections().undo(late.id(), 4, WHY, soon)).isEqualTo(new Undoing.TooLate());
        assertThat(corrections().undo(late.id(), 5, WHY, soon)).isInstanceOf(Undoing.Undone.class);
        Mark other = late(ann, now.markedAt().minus(Duration.ofHours(2)), now.markedAt());
        assertThat(undo(now, 5, Samples.CALLER))
                .as("a late mark that came later is no reason to keep this one")
                .isInstanceOf(Undoing.Undone.class);
        assertThat(read(other.id()).standing().state()).isEqualTo(MarkState.PRESENT);
    }

    @Test
    default void manualMark_isNotTakenBack() {
        UserId ann = workingPerson();
        long added = done(add(ann, 0, Direction.IN)).mark().mark().id();

        assertThat(corrections().undo(added, 999_999, WHY, by(ADMIN))).isEqualTo(new Undoing.NoSuchMark());
    }

    /** Five seconds after a mark. */
    private Undoing undo(Mark mark, int seconds, Caller caller) {
        return corrections()
                .undo(
                        mark.id(),
                        seconds,
                        "That isn't me",
                        new By(mark.markedAt().plus(Duration.ofSeconds(5)), caller));
    }
}
