package dev.rollcall.reports.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ClocksTest {

    private static final Instant LATE = Instant.parse("2026-10-05T23:50:00Z");

    @Test
    void timeOnAnotherDate_saysByHowManyDays() {
        LocalDate date = LocalDate.of(2026, 10, 5);

        assertThat(Clocks.time(LATE, ZoneOffset.UTC, date)).isEqualTo("23:50");
        assertThat(Clocks.time(LATE, ZoneOffset.UTC, date.plusDays(1))).isEqualTo("23:50 −1");
        assertThat(Clocks.time(LATE, ZoneOffset.UTC, date.minusDays(2))).isEqualTo("23:50 +2");
    }

    @Test
    void digits_areTheSameInEveryLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-u-nu-arabext"));
        try {
            assertThat("%d".formatted(8)).isEqualTo("۸");
            assertThat(Clocks.time(LATE, ZoneOffset.UTC, LocalDate.of(2026, 10, 5)))
                    .isEqualTo("23:50");
            assertThat(Clocks.hours(30_599)).isEqualTo("8:30");
        } finally {
            Locale.setDefault(before);
        }
    }
}
