package dev.rollcall.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.attendance.WorkDays.NextDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkDaysTest {

    private static final Duration MICROSECOND = Duration.of(1, ChronoUnit.MICROS);

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T00:30:00Z, Europe/Berlin, 05:00, 2026-11-21",
        "2026-11-22T03:59:59.999999Z, Europe/Berlin, 05:00, 2026-11-21",
        "2026-11-22T04:00:00Z, Europe/Berlin, 05:00, 2026-11-22",
        "2026-11-22T22:59:59Z, Europe/Berlin, 05:00, 2026-11-22",
        // Clocks go from 02:00 to 03:00: a day that begins at 02:30 begins with the first instant after the gap.
        "2026-03-29T00:59:59.999999Z, Europe/Berlin, 02:30, 2026-03-28",
        "2026-03-29T01:00:00Z, Europe/Berlin, 02:30, 2026-03-29",
        // Clocks go from 03:00 to 02:00: the day began when it was 02:30 for the first time.
        "2026-10-25T00:29:59.999999Z, Europe/Berlin, 02:30, 2026-10-24",
        "2026-10-25T00:30:00Z, Europe/Berlin, 02:30, 2026-10-25",
        "2026-10-25T01:10:00Z, Europe/Berlin, 02:30, 2026-10-25",
        // Clocks went from 00:01 to 23:01 of the day before.
        "2006-10-29T02:30:59Z, America/St_Johns, 00:00, 2006-10-29",
        "2006-10-29T02:31:00Z, America/St_Johns, 00:00, 2006-10-29",
        // There was no 30 December.
        "2011-12-30T09:59:59Z, Pacific/Apia, 00:00, 2011-12-29",
        "2011-12-30T10:00:00Z, Pacific/Apia, 00:00, 2011-12-31"
    })
    void workDate_beginsWithTheFirstTimeThatClocksShowItsBeginning(
            Instant instant, ZoneId zone, LocalTime startsAt, LocalDate workDate) {
        assertThat(new WorkDays(zone, startsAt).workDate(instant)).isEqualTo(workDate);
    }

    @Property(tries = 20_000)
    void workDate_isThatOfTheLatestBeginning(@ForAll("anywhere") WorkDays days, @ForAll("instants") Instant instant) {
        LocalDate workDate = days.workDate(instant);

        assertThat(days.start(workDate)).isBeforeOrEqualTo(instant);
        assertThat(days.start(workDate.plusDays(1))).isAfter(instant);
    }

    @Property(tries = 20_000)
    void workDates_neverGoBack(@ForAll("changes") Change change) {
        Instant instant = change.instant();

        assertThat(change.days().workDate(instant.plus(change.later())))
                .isAfterOrEqualTo(change.days().workDate(instant));
    }

    /** The definition in other words: the greatest of the dates that clocks have shown until then, by searching for it. */
    @Property(tries = 3_000)
    void workDate_isTheGreatestThatClocksHaveShown(@ForAll("changes") Change change) {
        LocalDate shown = LocalDate.MIN;
        for (int minutes = 0; minutes <= 36 * 60; minutes++) {
            LocalDateTime local = LocalDateTime.ofInstant(
                            change.instant().minus(minutes, ChronoUnit.MINUTES),
                            change.days().zone())
                    .minusNanos(change.days().startsAt().toNanoOfDay());
            shown = local.toLocalDate().isAfter(shown) ? local.toLocalDate() : shown;
        }

        assertThat(change.days().workDate(change.instant())).isEqualTo(shown);
    }

    @Property(tries = 20_000)
    void workDate_isWithinTwoDaysBeforeTheDateInUtcAndOneAfterIt(
            @ForAll("anywhere") WorkDays days, @ForAll("instants") Instant instant) {
        LocalDate utc = LocalDate.ofInstant(instant, ZoneOffset.UTC);

        assertThat(days.workDate(instant)).isBetween(utc.minusDays(2), utc.plusDays(1));
    }

    @Property(tries = 20_000)
    void nextDay_beginsAtTheMicrosecondThatItSays(@ForAll("changes") Change change) {
        WorkDays days = change.days();
        NextDay next = days.nextDay(change.instant(), Duration.ofDays(3)).orElseThrow();

        assertThat(next.at()).isAfter(change.instant());
        assertThat(days.workDate(next.at())).isEqualTo(next.workDate());
        assertThat(days.workDate(next.at().minus(MICROSECOND))).isEqualTo(days.workDate(change.instant()));
        assertThat(days.nextDay(next.at(), Duration.ZERO)).isEmpty();
        assertThat(days.nextDay(change.instant(), Duration.between(change.instant(), next.at())))
                .contains(next);
        assertThat(days.nextDay(
                        change.instant(),
                        Duration.between(change.instant(), next.at()).minus(MICROSECOND)))
                .isEmpty();
    }

    @Test
    void beginningWithAFractionOfASecond_isRefused() {
        ZoneId utc = ZoneOffset.UTC;
        LocalTime fraction = LocalTime.of(5, 0, 0, 1000);
        assertThatThrownBy(() -> new WorkDays(utc, fraction)).isInstanceOf(IllegalArgumentException.class);
    }

    /** An instant within two days of a change of a zone's clocks, where days begin at any time. */
    private record Change(WorkDays days, Instant instant, Duration later) {}

    @Provide
    Arbitrary<WorkDays> anywhere() {
        return Combinators.combine(zones(), times()).as(WorkDays::new);
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(0, 4_102_444_800_000_000L)
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    @Provide
    Arbitrary<Change> changes() {
        Arbitrary<Long> near = Arbitraries.longs().between(-2 * 86_400_000_000L, 2 * 86_400_000_000L);
        Arbitrary<Duration> later = Arbitraries.longs()
                .between(1, 2 * 86_400_000_000L)
                .map(micros -> Duration.of(micros, ChronoUnit.MICROS));
        return Combinators.combine(anywhere(), instants(), near, later).as((days, around, micros, span) -> {
            ZoneOffsetTransition change = days.zone().getRules().nextTransition(around);
            Instant middle = change == null ? around : change.getInstant();
            return new Change(days, middle.plus(micros, ChronoUnit.MICROS), span);
        });
    }

    private static Arbitrary<LocalTime> times() {
        return Arbitraries.integers().between(0, 24 * 60 - 1).map(minute -> LocalTime.ofSecondOfDay(minute * 60L));
    }

    private static Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().toList())
                .map(ZoneId::of);
    }
}
