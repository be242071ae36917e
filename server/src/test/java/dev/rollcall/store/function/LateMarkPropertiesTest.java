package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.people.UserId;
import dev.rollcall.store.function.PolicySamples.Moment;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The rules of marks, for one person whose marks come at once or late, in any order, and are voided. */
class LateMarkPropertiesTest {

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @SuppressWarnings("NullAway.Init")
    private static Database database;

    @SuppressWarnings("NullAway.Init")
    private static Database.Address address;

    @BeforeContainer
    static void start() throws SQLException {
        server = new TestServer();
        address = server.newDatabase();
        database = TestServer.open(address);
    }

    @AfterContainer
    static void stop() {
        database.close();
        server.close();
    }

    /** Something that happens, some time after what happened before. */
    private sealed interface Event {

        Duration later();

        record MarkOfNow(Duration later) implements Event {}

        /** A mark that a device captured some time ago. */
        record LateMark(Duration later, Duration ago) implements Event {}

        /** One of the marks is voided. */
        record Voiding(Duration later, int which) implements Event {}
    }

    @Property(tries = 120)
    void limitSpacingAndOrder_holdWhateverComesLateOrIsVoided(
            @ForAll("policies") AttendancePolicy policy,
            @ForAll("moments") Moment moment,
            @ForAll("events") List<Event> events) {
        UserId person = Samples.newUserId();
        Samples.enroll(new FunctionPeopleStore(database, TemplateSeal.none()), person, 1);
        Set<Long> voided = new HashSet<>();
        Instant now = moment.shortlyBefore(policy);
        List<Mark> before = List.of();
        for (Event event : events) {
            now = now.plus(event.later());
            if (event instanceof Event.Voiding one) {
                voidOne(before, one.which(), voided, now);
            } else {
                Instant at = event instanceof Event.LateMark late ? now.minus(late.ago()) : now;
                MarkRequest request =
                        event instanceof Event.LateMark ? Samples.late(person, at, now) : Samples.request(person, at);
                isRight(decided(request, policy), at, policy, new Known(before, voided));
            }
            List<Mark> after = marks(person);
            assertThat(after.subList(0, before.size()))
                    .as("marks that were there are as they were")
                    .isEqualTo(before);
            holds(after, voided, policy);
            before = after;
        }
    }

    /** The marks before a decision. */
    private record Known(List<Mark> marks, Set<Long> voided) {

        private List<Mark> counting() {
            return marks.stream().filter(mark -> !voided.contains(mark.id())).toList();
        }

        private List<Mark> countingOn(LocalDate day) {
            return counting().stream()
                    .filter(mark -> mark.workDate().equals(day))
                    .toList();
        }

        private int lastNumber(LocalDate day) {
            return marks.stream()
                    .filter(mark -> mark.workDate().equals(day))
                    .mapToInt(Mark::number)
                    .max()
                    .orElse(0);
        }

        /** The direction that the marks of the day before an instant lead to: they alternate, and the first is in. */
        private Direction next(LocalDate day, Instant at) {
            long before = countingOn(day).stream()
                    .filter(mark -> mark.markedAt().isBefore(at))
                    .count();
            return before % 2 == 0 ? Direction.IN : Direction.OUT;
        }
    }

    private static void isRight(MarkDecision decision, Instant at, AttendancePolicy policy, Known known) {
        if (decision instanceof MarkDecision.Marked marked) {
            Mark mark = marked.mark();
            LocalDate day = mark.workDate();
            assertThat(mark.markedAt()).isBetween(at, at.plus(known.marks().size(), ChronoUnit.MICROS));
            assertThat(mark.number()).isEqualTo(known.lastNumber(day) + 1);
            assertThat(mark.direction()).isEqualTo(known.next(day, mark.markedAt()));
            assertThat(marked.remainingToday())
                    .isEqualTo(policy.maxPerDay() - known.countingOn(day).size() - 1);
        } else if (decision instanceof MarkDecision.TooSoon tooSoon) {
            assertThat(known.counting())
                    .as("the direction is as lists show it")
                    .extracting(Mark::id)
                    .contains(tooSoon.last().id());
            assertThat(Duration.between(tooSoon.last().markedAt(), at).abs()).isLessThan(policy.minSpacing());
            assertThat(tooSoon.nextAllowedAt())
                    .isEqualTo(tooSoon.last().markedAt().plus(policy.minSpacing()));
        } else {
            assertThat(decision).isInstanceOf(MarkDecision.DailyLimitReached.class);
            assertThat(known.countingOn(PolicySamples.workDate(policy, at))).hasSize(policy.maxPerDay());
        }
    }

    /** What holds at any time. */
    private static void holds(List<Mark> marks, Set<Long> voided, AttendancePolicy policy) {
        Known known = new Known(marks, voided);
        List<Mark> counting = known.counting().stream()
                .sorted(Comparator.comparing(Mark::markedAt))
                .toList();
        for (int i = 1; i < counting.size(); i++) {
            assertThat(Duration.between(
                            counting.get(i - 1).markedAt(), counting.get(i).markedAt()))
                    .isPositive()
                    .isGreaterThanOrEqualTo(policy.minSpacing());
        }
        for (Mark mark : marks) {
            assertThat(mark.workDate()).isEqualTo(PolicySamples.workDate(policy, mark.markedAt()));
            assertThat(known.countingOn(mark.workDate())).hasSizeLessThanOrEqualTo(policy.maxPerDay());
        }
        assertThat(marks).extracting(Mark::markedAt).doesNotHaveDuplicates();
    }

    private static void voidOne(List<Mark> marks, int which, Set<Long> voided, Instant now) {
        List<Mark> left =
                marks.stream().filter(mark -> !voided.contains(mark.id())).toList();
        if (left.isEmpty()) {
            return;
        }
        long id = left.get(which % left.size()).id();
        try {
            TestServer.execute(
                    address,
                    "insert into corrections (action, user_id, old_mark, reason, key_id, at)"
                            + " select 'voided', user_id, id, 'Was somebody else.', 'desk', '" + now
                            + "' from attendance where id = " + id);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        voided.add(id);
    }

    private static List<Mark> marks(UserId person) {
        return new FunctionAttendanceStore(database)
                .list(new Query(person, null, null, 0, 1000)).stream()
                        .map(MarkOfPerson::mark)
                        .toList();
    }

    private static MarkDecision decided(MarkRequest request, AttendancePolicy policy) {
        return ((Marking.Decided) new FunctionAttendanceStore(database).mark(request, policy)).decision();
    }

    @Provide
    Arbitrary<AttendancePolicy> policies() {
        return PolicySamples.policies();
    }

    @Provide
    Arbitrary<Moment> moments() {
        return PolicySamples.moments();
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Duration> soon = Arbitraries.longs().between(0, 90).map(Duration::ofSeconds);
        Arbitrary<Duration> hours = Arbitraries.longs().between(0, 36_000).map(Duration::ofSeconds);
        Arbitrary<Duration> later = Arbitraries.frequencyOf(Tuple.of(3, soon), Tuple.of(2, hours));
        Arbitrary<Event> now = later.map(Event.MarkOfNow::new);
        Arbitrary<Event> late = Combinators.combine(
                        later,
                        Arbitraries.frequencyOf(
                                Tuple.of(2, soon),
                                Tuple.of(2, hours),
                                Tuple.of(1, hours.map(ago -> ago.plus(Duration.ofDays(1))))))
                .as(Event.LateMark::new);
        Arbitrary<Event> voided = Combinators.combine(
                        later, Arbitraries.integers().between(0, 20))
                .as(Event.Voiding::new);
        return Arbitraries.frequencyOf(Tuple.of(4, now), Tuple.of(5, late), Tuple.of(2, voided))
                .list()
                .ofMinSize(3)
                .ofMaxSize(25);
    }
}
