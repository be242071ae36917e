package dev.rollcall.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class HolidayTest {

    @Test
    void yearlyHoliday_isOnTheSameDayOfEachYear() {
        Holiday leapDay = new Holiday(1, "gate", LocalDate.of(2024, 2, 29), "Leap day", true);

        assertThat(leapDay.isOn(LocalDate.of(2020, 2, 29))).isTrue();
        assertThat(leapDay.isOn(LocalDate.of(2026, 2, 28))).isFalse();
        assertThat(leapDay.isOn(LocalDate.of(2026, 3, 1))).isFalse();
    }

    @Test
    void otherHoliday_isOnItsDateAlone() {
        Holiday fair = new Holiday(1, "gate", LocalDate.of(2026, 8, 15), "Fair", false);

        assertThat(fair.isOn(LocalDate.of(2026, 8, 15))).isTrue();
        assertThat(fair.isOn(LocalDate.of(2027, 8, 15))).isFalse();
    }
}
