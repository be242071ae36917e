package dev.rollcall.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.WatchedClock.BehindNewestEntry;
import dev.rollcall.attendance.WatchedClock.Jump;
import dev.rollcall.attendance.WatchedClock.Steady;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchedClockTest {

    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    private final Machine machine = new Machine();
    private final List<Jump> heard = new ArrayList<>();
    private final WatchedClock clock = new WatchedClock(machine, () -> machine.nanos, heard::add);

    /** A machine's two clocks. */
    private static final class Machine extends Clock {

        private Instant wall = START;
        private long nanos = Long.MAX_VALUE - 1_000_000_000L;
        private Duration heldUp = Duration.ZERO;

        void pass(Duration time) {
            nanos += time.toNanos();
            wall = wall.plus(time);
        }

        void set(Duration by) {
            wall = wall.plus(by);
        }

        @Override
        public Instant instant() {
            nanos += heldUp.toNanos();
            return wall;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("not called by WatchedClock");
        }
    }

    @Test
    void clockThatRuns_isSteady() {
        for (int minute = 0; minute < 3000; minute++) {
            machine.pass(Duration.ofMinutes(1));
            machine.set(Duration.ofMillis(minute % 2 == 0 ? 30 : -29));
            assertThat(clock.instant()).isEqualTo(machine.wall);
        }

        assertThat(heard).isEmpty();
        assertThat(clock.finding()).isEqualTo(new Steady());
    }

    @ParameterizedTest
    @ValueSource(longs = {-31_536_000, -3600, -6, -5, 5, 6, 3600, 31_536_000})
    void jump_isHeardOnceAndReported(long seconds) {
        machine.pass(Duration.ofSeconds(20));
        machine.set(Duration.ofSeconds(seconds));
        for (int i = 0; i < 5; i++) {
            machine.pass(Duration.ofSeconds(i));
            clock.instant();
        }

        Jump jump = new Jump(START.plusSeconds(20 + seconds), Duration.ofSeconds(seconds));
        assertThat(heard).containsExactly(jump);
        assertThat(clock.finding()).isEqualTo(jump);
    }

    @Test
    void jumpAndItsWayBack_areTwo() {
        machine.set(Duration.ofDays(365));
        clock.instant();
        machine.set(Duration.ofDays(-365));
        clock.instant();

        assertThat(heard).extracting(Jump::by).containsExactly(Duration.ofDays(365), Duration.ofDays(-365));
    }

    @Test
    void stepsWithinAMinute_addUp() {
        machine.set(Duration.ofSeconds(3));
        clock.instant();
        machine.pass(Duration.ofSeconds(10));
        machine.set(Duration.ofSeconds(3));
        clock.instant();

        assertThat(heard).extracting(Jump::by).containsExactly(Duration.ofSeconds(6));
    }

    @Test
    void readingThatWasHeldUpHalfway_isNotCompared() {
        machine.set(Duration.ofSeconds(-8));
        machine.heldUp = Duration.ofSeconds(8);
        clock.instant();

        assertThat(heard).isEmpty();
        machine.heldUp = Duration.ZERO;
        clock.instant();
        assertThat(heard).hasSize(1);
    }

    @Test
    void jump_isReportedForADay() {
        machine.set(Duration.ofHours(1));
        clock.instant();
        machine.pass(Duration.ofHours(23));
        assertThat(clock.finding()).isInstanceOf(Jump.class);

        machine.pass(Duration.ofHours(1));

        assertThat(clock.finding()).isEqualTo(new Steady());
    }

    @Test
    void clockBehindTheNewestEntry_isReportedUntilItHasPassedThat() {
        Instant newest = START.plus(Duration.ofHours(1));

        BehindNewestEntry behind = new BehindNewestEntry(newest, Duration.ofHours(1));
        assertThat(clock.compareWith(newest)).isEqualTo(behind);
        assertThat(clock.finding()).isEqualTo(behind);
        assertThat(heard).isEmpty();
        machine.pass(Duration.ofHours(1));
        assertThat(clock.finding()).isEqualTo(new Steady());
    }

    @Test
    void newestEntryOfAnInstanceWhoseClockIsSlightlyAhead_isNoProblem() {
        assertThat(clock.compareWith(START.plusSeconds(30))).isEqualTo(new Steady());
    }
}
