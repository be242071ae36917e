package dev.rollcall.store.function;

import dev.rollcall.attendance.AttendanceStore.Circumstances;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.AttendanceStore.Standing;
import dev.rollcall.attendance.CorrectionStore.Action;
import dev.rollcall.attendance.CorrectionStore.Event;
import dev.rollcall.attendance.CorrectionStore.Proposed;
import dev.rollcall.attendance.CorrectionStore.VersionedMark;
import dev.rollcall.attendance.CorrectionStore.Word;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.people.UserId;
import dev.rollcall.store.function.ExpectedMarks.Place;
import dev.rollcall.store.function.ExpectedMarks.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was done to one person's marks, and how lists and histories show it, worked out in memory and without SQL. */
final class ExpectedHistory {

    static final String NAME = "Ann";

    private static final double CONFIDENCE = 0.9;

    private final UserId person;
    private final ExpectedMarks marks;
    private final List<Correction> corrections = new ArrayList<>();
    private final Map<Long, Long> waiting = new HashMap<>();

    ExpectedHistory(UserId person, ExpectedMarks marks) {
        this.person = person;
        this.marks = marks;
    }

    /**
     * A correction that was carried out.
     *
     * @param word who asked for it and why, and when it was carried out
     */
    record Correction(
            Action action,
            @Nullable Long old,
            @Nullable Long made,
            Word word,
            @Nullable String approvedBy) {}

    /** What a mark shall be. */
    record Wanted(Proposed mark, boolean directionGiven) {}

    /** From now on, a request to correct a mark waits. */
    void wait(long mark, long request) {
        waiting.put(mark, request);
    }

    /** No request to correct a mark waits any more. */
    void endWait(long mark) {
        waiting.remove(mark);
    }

    /** The request that waits to correct a mark. */
    Optional<Long> waiting(long mark) {
        return Optional.ofNullable(waiting.get(mark));
    }

    /**
     * Writes a mark under the next number of its work date if one is wanted, and ends the old one.
     *
     * @param asked the correction without the new mark
     * @param id what the store calls the new mark
     */
    Correction carryOut(Correction asked, @Nullable Wanted wanted, long id) {
        Correction done = asked;
        if (wanted != null) {
            Proposed to = wanted.mark();
            Mark made = new Mark(id, to.at(), to.workDate(), marks.nextNumber(to.workDate()), to.direction());
            Origin origin = new Origin(to.site(), asked.word().keyId(), Source.MANUAL);
            marks.write(new Written(made, origin, wanted.directionGiven(), null));
            done = new Correction(asked.action(), asked.old(), id, asked.word(), asked.approvedBy());
        }
        Long old = done.old();
        if (old != null) {
            marks.end(old);
        }
        corrections.add(done);
        return done;
    }

    /** What voided or replaced a mark. */
    Optional<Correction> end(long id) {
        return corrections.stream().filter(one -> Objects.equals(one.old(), id)).findFirst();
    }

    /** What made a mark; empty of a device's mark. */
    private Optional<Correction> beginning(long id) {
        return corrections.stream()
                .filter(one -> Objects.equals(one.made(), id))
                .findFirst();
    }

    /** All marks as lists show them, in the order of writing. */
    List<MarkOfPerson> rows() {
        return marks.ids().stream().map(this::row).toList();
    }

    MarkOfPerson row(long id) {
        Written one = marks.get(id);
        return new MarkOfPerson(
                person,
                NAME,
                one.mark(),
                one.origin(),
                one.origin().source() == Source.MANUAL ? null : CONFIDENCE,
                null,
                new Circumstances(one.receivedAt(), false),
                standing(one.mark()));
    }

    private Standing standing(Mark mark) {
        long id = mark.id();
        Long corrects = beginning(id).map(Correction::old).orElse(null);
        Long correctedBy = end(id).map(Correction::made).orElse(null);
        boolean waits = waiting(id).isPresent();
        if (marks.counts(id)) {
            Place place = marks.place(mark);
            return new Standing(MarkState.PRESENT, place.position(), place.direction(), corrects, correctedBy, waits);
        }
        MarkState state = correctedBy == null ? MarkState.VOIDED : MarkState.REPLACED;
        return new Standing(state, null, mark.direction(), corrects, correctedBy, waits);
    }

    /** The mark that a correction made, or ended, without its version. */
    VersionedMark shown(Correction done) {
        Long id = done.made() == null ? done.old() : done.made();
        return new VersionedMark(row(Objects.requireNonNull(id)), "");
    }

    /** How the first mark of a mark's chain was made, and everything that became of it. */
    List<Event> history(long id) {
        Written first = marks.get(first(id));
        List<Event> events = new ArrayList<>();
        events.add(beginning(first.mark().id()).map(added -> event(1, added)).orElseGet(() -> made(first)));
        Optional<Correction> next = end(first.mark().id());
        while (next.isPresent()) {
            events.add(event(events.size() + 1, next.get()));
            next = Optional.ofNullable(next.get().made()).flatMap(this::end);
        }
        return events;
    }

    private long first(long id) {
        return beginning(id).map(Correction::old).map(this::first).orElse(id);
    }

    private Event made(Written first) {
        Mark mark = first.mark();
        String key = first.origin().keyId();
        return new Event(1, Action.MARKED, mark.markedAt(), key, null, null, row(mark.id()));
    }

    private Event event(long place, Correction done) {
        Word word = done.word();
        MarkOfPerson mark = shown(done).mark();
        return new Event(place, done.action(), word.at(), word.keyId(), done.approvedBy(), word.reason(), mark);
    }
}
