package dev.rollcall.store.function;

import static dev.rollcall.store.function.CorrectionFixture.at;
import static dev.rollcall.store.function.CorrectionFixture.by;
import static dev.rollcall.store.function.CorrectionFixture.mark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.CorrectionStore;
import dev.rollcall.attendance.CorrectionStore.Action;
import dev.rollcall.attendance.CorrectionStore.Decision;
import dev.rollcall.attendance.CorrectionStore.Event;
import dev.rollcall.attendance.CorrectionStore.Problem;
import dev.rollcall.attendance.CorrectionStore.Request;
import dev.rollcall.attendance.CorrectionStore.Result;
import dev.rollcall.attendance.CorrectionStore.Undoing;
import dev.rollcall.attendance.CorrectionStore.Wish;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What holds for one person's marks, in whatever order they are made, corrected, taken back and approved. */
class CorrectionPropertiesTest implements CorrectionFixture {

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @SuppressWarnings("NullAway.Init")
    private static Database database;

    @BeforeContainer
    static void start() throws SQLException {
        server = new TestServer();
        database = TestServer.open(server.newDatabase());
    }

    @AfterContainer
    static void stop() {
        database.close();
        server.close();
    }

    @Override
    public CorrectionStore corrections() {
        return new FunctionCorrectionStore(database);
    }

    @Override
    public AttendanceStore attendance() {
        return new FunctionAttendanceStore(database);
    }

    @Override
    public PeopleStore people() {
        return new FunctionPeopleStore(database, TemplateSeal.none());
    }

    @Override
    public AuditStore audit() {
        return new FunctionAuditStore(database);
    }

    /** What is done. */
    private enum Deed {
        MARK,
        ADD,
        VOID,
        REPLACE,
        UNDO,
        ASK,
        APPROVE,
        REJECT
    }

    /**
     * One step.
     *
     * @param which of the marks, or of the requests, counted round
     * @param minutes the time of a mark
     * @param direction of a mark, or null
     */
    private record Step(
            Deed deed, int which, int minutes, @Nullable Direction direction) {}

    /** What must be in the database. */
    private static final class Expected {

        private final Map<Long, Mark> written = new TreeMap<>();
        private final Set<Long> given = new HashSet<>();
        private final Map<Long, Optional<Long>> corrected = new HashMap<>();
        private final List<Request> requests = new ArrayList<>();
        private int corrections;

        void add(Mark mark, boolean directionGiven) {
            assertThat(written.put(mark.id(), mark)).isNull();
            if (directionGiven) {
                given.add(mark.id());
            }
        }

        boolean counts(long id) {
            return !corrected.containsKey(id);
        }

        @Nullable
        Long pick(int which) {
            List<Long> ids = new ArrayList<>(written.keySet());
            return ids.isEmpty() ? null : ids.get(which % ids.size());
        }

        boolean isTaken(Instant at, @Nullable Long butFor) {
            return written.values().stream()
                    .anyMatch(mark -> mark.markedAt().equals(at)
                            && counts(mark.id())
                            && !Long.valueOf(mark.id()).equals(butFor));
        }

        boolean isPending(long id) {
            return requests.stream().anyMatch(request -> Long.valueOf(id).equals(request.mark()));
        }
    }

    @Property(tries = 200)
    void invariants_holdInWhateverOrderMarksAreCorrected(@ForAll("steps") List<Step> steps) {
        UserId person = workingPerson();
        Expected expected = new Expected();
        for (Step step : steps) {
            carryOut(step, person, expected);
        }
        List<MarkOfPerson> all = allOf(person);
        assertThat(all).extracting(MarkOfPerson::mark).containsExactlyElementsOf(expected.written.values());
        for (MarkOfPerson row : all) {
            isAsExpected(row, expected);
            historyIsComplete(row.mark().id(), expected);
        }
        numbersAndTimesAreUnique(all);
        daysAreWorkedOut(all, expected);
        assertThat(entriesOf(person).stream().filter(entry -> entry.action().startsWith("MARK_")))
                .hasSize(expected.corrections);
    }

    private void carryOut(Step step, UserId person, Expected expected) {
        Long picked = expected.pick(step.which());
        switch (step.deed()) {
            case MARK -> expected.add(marked(person, step.minutes(), step.direction()), step.direction() != null);
            case ADD -> {
                Direction direction = step.direction() == null ? Direction.IN : step.direction();
                took(new Wish.Add(person, mark(step.minutes(), direction), WHY), null, step, expected);
            }
            case VOID -> {
                if (picked != null) {
                    took(new Wish.MakeVoid(picked, null, WHY), picked, step, expected);
                }
            }
            case REPLACE -> {
                if (picked != null) {
                    took(
                            new Wish.Replace(picked, null, mark(step.minutes(), step.direction()), WHY),
                            picked,
                            step,
                            expected);
                }
            }
            case UNDO -> {
                if (picked != null) {
                    undo(picked, expected);
                }
            }
            case ASK -> {
                if (picked != null) {
                    ask(new Wish.MakeVoid(picked, null, WHY), picked, expected);
                }
            }
            case APPROVE, REJECT -> decide(step, expected);
        }
    }

    /** Carries a wish out, and expects what the marks before let happen. */
    private void took(Wish wish, @Nullable Long old, Step step, Expected expected) {
        Result result = corrections().correct(wish, false, by(ADMIN));
        boolean proposes = !(wish instanceof Wish.MakeVoid);
        if (old != null && !expected.counts(old)) {
            assertThat(result)
                    .isEqualTo(new Result.Not(new Problem.AlreadyCorrected(expected.corrected
                            .getOrDefault(old, Optional.empty())
                            .orElse(null))));
        } else if (proposes && expected.isTaken(at(step.minutes()), old)) {
            assertThat(((Result.Not) result).problem()).isInstanceOf(Problem.MarkExists.class);
        } else if (old != null && expected.isPending(old)) {
            assertThat(((Result.Not) result).problem()).isInstanceOf(Problem.Pending.class);
        } else {
            Mark made = CorrectionFixture.done(result).mark().mark();
            if (proposes) {
                expected.add(
                        made, wish instanceof Wish.Add || step.direction() != null || expected.given.contains(old));
            }
            if (old != null) {
                expected.corrected.put(old, proposes ? Optional.of(made.id()) : Optional.empty());
            }
            expected.corrections++;
        }
    }

    private void undo(long id, Expected expected) {
        Undoing undoing = corrections().undo(id, 365 * 86_400, WHY, by(Samples.CALLER));
        if (undoing instanceof Undoing.Undone) {
            assertThat(expected.counts(id)).isTrue();
            expected.corrected.put(id, Optional.empty());
            expected.corrections++;
        }
        assertThat(undoing).isNotEqualTo(expected.counts(id) ? new Undoing.AlreadyCorrected() : new Undoing.TooLate());
    }

    private void ask(Wish wish, long old, Expected expected) {
        Result result = corrections().correct(wish, true, by(ADMIN));
        if (result instanceof Result.Waiting waiting) {
            assertThat(expected.counts(old) && !expected.isPending(old)).isTrue();
            expected.requests.add(waiting.request());
        } else {
            assertThat(expected.counts(old) && !expected.isPending(old)).isFalse();
        }
    }

    private void decide(Step step, Expected expected) {
        if (expected.requests.isEmpty()) {
            return;
        }
        Request request = expected.requests.get(step.which() % expected.requests.size());
        boolean approves = step.deed() == Deed.APPROVE;
        long old = Objects.requireNonNull(request.mark());
        assertThat(corrections().decide(request.id(), approves, null, by(ADMIN)))
                .isEqualTo(new Decision.SameKey());
        Decision decision = corrections().decide(request.id(), approves, null, by(OTHER_ADMIN));
        if (approves && !expected.counts(old)) {
            assertThat(((Decision.Not) decision).problem()).isInstanceOf(Problem.AlreadyCorrected.class);
            return;
        }
        assertThat(decision).isInstanceOf(Decision.Decided.class);
        expected.requests.remove(request);
        if (approves) {
            expected.corrected.put(old, Optional.empty());
            expected.corrections++;
        }
    }

    private static void isAsExpected(MarkOfPerson row, Expected expected) {
        long id = row.mark().id();
        Optional<Long> by = expected.corrected.getOrDefault(id, Optional.empty());
        assertThat(row.standing().state())
                .isEqualTo(
                        expected.counts(id)
                                ? MarkState.PRESENT
                                : by.isPresent() ? MarkState.REPLACED : MarkState.VOIDED);
        assertThat(row.standing().correctedBy()).isEqualTo(by.orElse(null));
        assertThat(row.standing().correctionPending()).isEqualTo(expected.isPending(id));
        assertThat(row.standing().position() == null).isEqualTo(!expected.counts(id));
    }

    private void historyIsComplete(long id, Expected expected) {
        List<Event> events = corrections().history(id, 0, 1000).orElseThrow();
        assertThat(events.get(0).action()).isIn(Action.MARKED, Action.ADDED);
        long at = events.get(0).mark().mark().id();
        boolean seen = at == id;
        for (Event event : events.subList(1, events.size())) {
            Optional<Long> next = expected.corrected.getOrDefault(at, Optional.empty());
            assertThat(event.action()).isEqualTo(next.isPresent() ? Action.REPLACED : Action.VOIDED);
            assertThat(event.reason()).isEqualTo(WHY);
            at = next.orElse(at);
            assertThat(event.mark().mark()).isEqualTo(expected.written.get(at));
            seen |= at == id;
        }
        assertThat(seen).isTrue();
        Event last = events.get(events.size() - 1);
        assertThat(last.action() == Action.VOIDED).isEqualTo(!expected.counts(at));
    }

    private static void numbersAndTimesAreUnique(List<MarkOfPerson> all) {
        assertThat(all.stream()
                        .map(row -> row.mark().workDate() + " " + row.mark().number()))
                .doesNotHaveDuplicates();
        assertThat(all.stream()
                        .filter(row -> row.standing().state() == MarkState.PRESENT)
                        .map(row -> row.mark().markedAt()))
                .doesNotHaveDuplicates();
    }

    /** Places without gaps by time, and directions that alternate but for those that somebody said. */
    private static void daysAreWorkedOut(List<MarkOfPerson> all, Expected expected) {
        Map<LocalDate, List<MarkOfPerson>> days = new HashMap<>();
        all.stream()
                .filter(row -> row.standing().state() == MarkState.PRESENT)
                .sorted(Comparator.comparing(row -> row.mark().markedAt()))
                .forEach(row -> days.computeIfAbsent(row.mark().workDate(), day -> new ArrayList<>())
                        .add(row));
        for (List<MarkOfPerson> day : days.values()) {
            Direction next = Direction.IN;
            for (int i = 0; i < day.size(); i++) {
                MarkOfPerson row = day.get(i);
                Direction direction =
                        expected.given.contains(row.mark().id()) ? row.mark().direction() : next;
                assertThat(row.standing().position()).isEqualTo(i + 1);
                assertThat(row.standing().direction()).isEqualTo(direction);
                next = direction == Direction.IN ? Direction.OUT : Direction.IN;
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.of(Deed.values()),
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.integers().between(-20, 20).map(part -> part * 90),
                        Arbitraries.of(Direction.values()).injectNull(0.5))
                .as(Step::new);
        return step.list().ofMinSize(3).ofMaxSize(25);
    }
}
