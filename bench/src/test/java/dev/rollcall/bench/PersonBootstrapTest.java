package dev.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.bench.PersonBootstrap.Match;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PersonBootstrapTest {

    private static final int PEOPLE = 400;

    private final PersonBootstrap bootstrap = new PersonBootstrap(PEOPLE);

    @Test
    void withOneProbeEach_theIntervalIsThatOfIndependentTrials() {
        int[] probes = filled(1);
        int[] events = new int[PEOPLE];
        Arrays.fill(events, 0, PEOPLE / 10, 1);

        Interval interval = bootstrap.ofProbes(probes, events);

        double standardError = Math.sqrt(0.1 * 0.9 / PEOPLE);
        assertThat(interval.rate()).isEqualTo(0.1);
        assertThat(interval.low()).isCloseTo(0.1 - 1.96 * standardError, within(0.005));
        assertThat(interval.high()).isCloseTo(0.1 + 1.96 * standardError, within(0.005));
    }

    @Test
    void alikePicturesOfOnePerson_countAsOne() {
        int[] events = new int[PEOPLE];
        Arrays.fill(events, 0, PEOPLE / 10, 1);
        int[] tenfold = Arrays.stream(events).map(own -> 10 * own).toArray();

        assertThat(bootstrap.ofProbes(filled(10), tenfold)).isEqualTo(bootstrap.ofProbes(filled(1), events));
    }

    @Test
    void noEvent_hasWilsonsUpperEndByThePeopleAsked() {
        int[] probes = filled(7);
        Arrays.fill(probes, 102, PEOPLE, 0);

        Interval interval = bootstrap.ofProbes(probes, new int[PEOPLE]);

        assertThat(interval.low()).isZero();
        assertThat(interval.high()).isCloseTo(0.0363, within(1e-4));
        assertThat(bootstrap.ofClaims(probes, List.of()).high()).isCloseTo(0.0363 / (PEOPLE - 1), within(1e-6));
    }

    @Test
    void matchesOfOnePair_areLessCertainThanThoseOfMany() {
        int[] probes = filled(1);
        List<Match> onePair = Collections.nCopies(50, new Match(1, 2));
        List<Match> many = IntStream.range(0, 50)
                .mapToObj(i -> new Match(i, PEOPLE - 1 - i))
                .toList();

        Interval ofOne = bootstrap.ofClaims(probes, onePair);
        Interval ofMany = bootstrap.ofClaims(probes, many);

        assertThat(ofOne.rate()).isEqualTo(ofMany.rate());
        assertThat(ofOne.low()).isZero();
        assertThat(ofMany.low()).isGreaterThan(ofMany.rate() / 2);
        assertThat(ofOne.high()).isGreaterThan(2 * ofMany.high());
    }

    @Test
    void remainingPart_isOneWhenNothingChanges() {
        List<Match> matches = List.of(new Match(1, 2), new Match(3, 4), new Match(5, 6));

        assertThat(bootstrap.remaining(matches, matches).rate()).isEqualTo(1);
        assertThat(bootstrap.remaining(List.of(), matches).high())
                .as("none of three people")
                .isCloseTo(0.56, within(0.01));
    }

    private static int[] filled(int value) {
        int[] counts = new int[PEOPLE];
        Arrays.fill(counts, value);
        return counts;
    }
}
