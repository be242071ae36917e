package dev.rollcall.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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

    @Test
    void impossibleRules_areRefused() {
        ZoneId utc = ZoneId.of("UTC");
        Duration negative = Duration.ofSeconds(-1);
        assertThatThrownBy(() -> new AttendancePolicy(0, Duration.ZERO, utc))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AttendancePolicy(2, negative, utc)).isInstanceOf(IllegalArgumentException.class);
    }
}
