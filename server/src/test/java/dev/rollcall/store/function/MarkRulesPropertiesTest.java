package dev.rollcall.store.function;

import static dev.rollcall.attendance.AttendancePolicy.CLOCK_TOLERANCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore.Marking;
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
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The rules of marks, for one person whose marks are asked for at any instants by any clocks. */
class MarkRulesPropertiesTest {

    private static final Duration MICROSECOND = Duration.ofNanos(1000);

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

    /** A mark that was written, and the instant that was asked for. */
    private record Written(Instant asked, Mark mark) {}

    @Property(tries = 150)
    void rules_holdWhateverTheClocksSay(
            @ForAll("policies") AttendancePolicy policy,
            @ForAll("moments") Moment moment,
            @ForAll("clocks") List<Duration> steps) {
        UserId person = Samples.newUserId();
        Samples.enroll(new FunctionPeopleStore(database, TemplateSeal.none()), person, 1);
        List<Written> written = new ArrayList<>();
        for (Instant at : summed(moment.shortlyBefore(policy), steps)) {
            MarkDecision decision = mark(person, at, policy);
            if (decision instanceof MarkDecision.Marked marked) {
                Written added = new Written(at, marked.mark());
                isPlacedRightly(added, written, policy);
                written.add(added);
            } else if (decision instanceof MarkDecision.TooSoon tooSoon) {
                assertThat(known(at, written))
                        .as("a mark that is too near, and none that is farther ahead than clocks differ")
                        .anySatisfy(mark -> assertThat(mark.markedAt().plus(policy.minSpacing()))
                                .isAfter(at)
                                .isEqualTo(tooSoon.nextAllowedAt()));
            } else {
                assertThat(List.of(
                                PolicySamples.workDate(policy, at),
                                PolicySamples.workDate(policy, at.plus(CLOCK_TOLERANCE))))
                        .as("a full day")
                        .anySatisfy(day -> assertThat(marksOf(day, written)).isEqualTo(policy.maxPerDay()));
            }
        }
    }

    private static void isPlacedRightly(Written added, List<Written> before, AttendancePolicy policy) {
        Mark mark = added.mark();
        assertThat(mark.markedAt())
                .isBetween(added.asked(), added.asked().plus(CLOCK_TOLERANCE).plus(MICROSECOND));
        assertThat(mark.workDate()).isEqualTo(PolicySamples.workDate(policy, mark.markedAt()));
        assertThat(mark.number())
                .isEqualTo(marksOf(mark.workDate(), before) + 1)
                .isLessThanOrEqualTo(policy.maxPerDay());
        for (Mark earlier : known(added.asked(), before)) {
            assertThat(mark.markedAt())
                    .isAfter(earlier.markedAt())
                    .isAfterOrEqualTo(earlier.markedAt().plus(policy.minSpacing()));
        }
    }

    /** The marks that are not farther ahead of an instant than clocks may differ. */
    private static List<Mark> known(Instant at, List<Written> written) {
        return written.stream()
                .map(Written::mark)
                .filter(mark -> !mark.markedAt().isAfter(at.plus(CLOCK_TOLERANCE)))
                .toList();
    }

    private static int marksOf(LocalDate day, List<Written> written) {
        return (int) written.stream()
                .filter(one -> one.mark().workDate().equals(day))
                .count();
    }

    private static MarkDecision mark(UserId person, Instant at, AttendancePolicy policy) {
        Marking marking = new FunctionAttendanceStore(database).mark(Samples.request(person, at), policy);
        return ((Marking.Decided) marking).decision();
    }

    @Provide
    Arbitrary<AttendancePolicy> policies() {
        return PolicySamples.policies();
    }

    @Provide
    Arbitrary<Moment> moments() {
        return PolicySamples.moments();
    }

    /** Steps from one request to the next by several clocks that run, overtake each other and are set. */
    @Provide
    Arbitrary<List<Duration>> clocks() {
        Arbitrary<Duration> together = Arbitraries.longs().between(-3, 3).map(Duration.ofNanos(1000)::multipliedBy);
        Arbitrary<Duration> overtaking =
                Arbitraries.longs().between(-40_000, 40_000).map(Duration::ofMillis);
        Arbitrary<Duration> running = Arbitraries.longs().between(0, 7200).map(Duration::ofSeconds);
        Arbitrary<Duration> set = Arbitraries.longs().between(-400, 400).map(Duration::ofDays);
        return Arbitraries.frequencyOf(
                        Tuple.of(4, together), Tuple.of(4, overtaking), Tuple.of(3, running), Tuple.of(1, set))
                .list()
                .ofMinSize(2)
                .ofMaxSize(30);
    }

    private static List<Instant> summed(Instant start, List<Duration> steps) {
        List<Instant> instants = new ArrayList<>();
        Instant at = start;
        for (Duration step : steps) {
            at = at.plus(step).truncatedTo(ChronoUnit.MICROS);
            instants.add(at);
        }
        return instants;
    }
}
