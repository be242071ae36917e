package dev.rollcall.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.attendance.WorkDays.NextDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttendancePolicyTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-28T23:30:00Z, Europe/Berlin, 2026-03-29",
        "2026-03-29T22:30:00Z, Europe/Berlin, 2026-03-30",
        "2026-10-25T22:30:00Z, Europe/Berlin, 2026-10-25",
        "2028-02-28T23:59:59Z, UTC, 2028-02-28",
        "2028-02-29T00:00:00Z, UTC, 2028-02-29",
        "2026-12-31T10:00:00Z, Pacific/Kiritimati, 2027-01-01",
        "2026-01-01T10:59:00Z, Pacific/Pago_Pago, 2025-12-31"
    })
    void workDate_isTheLocalDateOfTheSite(Instant moment, ZoneId zone, LocalDate workDate) {
        assertThat(new AttendancePolicy(2, Duration.ZERO, zone).workDate(moment))
                .isEqualTo(workDate);
    }

    /** The schema relies on it: a work date further away is refused there. */
    @Property
    void workDate_isWithinADayOfTheDateInUtc(
            @ForAll @LongRange(min = 0, max = 4_102_444_800L) long second,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
        Instant moment = Instant.ofEpochSecond(second);
        ZoneId zone = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);

        LocalDate workDate = new AttendancePolicy(2, Duration.ZERO, zone).workDate(moment);

        LocalDate utcDate = LocalDate.ofInstant(moment, ZoneOffset.UTC);
        assertThat(workDate).isBetween(utcDate.minusDays(1), utcDate.plusDays(1));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T22:59:59.999999Z, Europe/Berlin, 2026-11-22T23:00:00Z, 2026-11-23",
        "2026-11-22T22:59:30Z, Europe/Berlin, 2026-11-22T23:00:00Z, 2026-11-23",
        "2011-12-30T09:59:59Z, Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-31",
        "2018-11-04T02:59:45.5Z, America/Sao_Paulo, 2018-11-04T03:00:00Z, 2018-11-04",
        "2006-10-29T02:30:59Z, America/St_Johns, 2006-10-29T02:31:00Z, 2006-10-28"
    })
    void nextDay_beginsWithItsFirstInstant(Instant moment, ZoneId zone, Instant begins, LocalDate workDate) {
        assertThat(new AttendancePolicy(2, Duration.ZERO, zone).nextDay(moment, AttendancePolicy.CLOCK_TOLERANCE))
                .contains(new NextDay(begins, workDate));
    }

    @Property
    void everyMomentOfASpan_isOnTheFirstDayUntilTheNextBegins(
            @ForAll @LongRange(min = 0, max = 4_102_444_800L) long second,
            @ForAll @LongRange(min = 0, max = 86_400_000_000L) long later,
            @ForAll @IntRange(min = 0, max = 30_000_000) int within,
            @ForAll("zones") ZoneId zone) {
        AttendancePolicy policy = new AttendancePolicy(2, Duration.ZERO, zone);
        Instant midnight = policy.workDate(Instant.ofEpochSecond(second))
                .atStartOfDay(zone)
                .toInstant();
        Instant moment = midnight.minusSeconds(20).plus(later / 3_600, ChronoUnit.MICROS);

        Optional<NextDay> next = policy.nextDay(moment, Duration.ofSeconds(30));

        Instant asked = moment.plus(within, ChronoUnit.MICROS);
        assertThat(next.filter(day -> !asked.isBefore(day.at()))
                        .map(NextDay::workDate)
                        .orElse(policy.workDate(moment)))
                .isEqualTo(policy.workDate(asked));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZoneId.getAvailableZoneIds()).map(ZoneId::of);
    }

    @Test
    void impossibleRules_areRefused() {
        ZoneId utc = ZoneId.of("UTC");
        Duration negative = Duration.ofSeconds(-1);
        assertThatThrownBy(() -> new AttendancePolicy(0, Duration.ZERO, utc))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AttendancePolicy(2, negative, utc)).isInstanceOf(IllegalArgumentException.class);
    }
}
