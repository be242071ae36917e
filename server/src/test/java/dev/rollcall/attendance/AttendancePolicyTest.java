package dev.rollcall.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.attendance.WorkDays.NextDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
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

    @Test
    void workDate_beginsWhenTheSiteSaysSo() {
        AttendancePolicy night = new AttendancePolicy(
                2, Duration.ZERO, ZoneId.of("Europe/Madrid"), LocalTime.of(5, 0), MarkConditions.USUAL);

        assertThat(night.workDate(Instant.parse("2026-11-22T00:30:00Z"))).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(night.nextDay(Instant.parse("2026-11-22T03:59:59Z"), AttendancePolicy.CLOCK_TOLERANCE))
                .contains(new NextDay(Instant.parse("2026-11-22T04:00:00Z"), LocalDate.of(2026, 11, 22)));
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
