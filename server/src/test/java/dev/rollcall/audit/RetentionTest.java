package dev.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-22T23:30:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final Removals store = new Removals();

    /** Removes 7 marks and 9 entries whenever it is asked to. */
    private static final class Removals implements RetentionStore {

        private final List<Object> asked = new ArrayList<>();

        @Override
        public long pruneAttendance(LocalDate before, Instant now) {
            asked.add(List.of(before, now));
            return 7;
        }

        @Override
        public long pruneAudit(Instant before, Instant now) {
            asked.add(List.of(before, now));
            return 9;
        }
    }

    @Test
    void expiredRows_areRemovedByTheSitesDayAndTheMoment() {
        Retention.Removed removed = retention(30, 365).apply();

        assertThat(removed).isEqualTo(new Retention.Removed(7, 9));
        assertThat(store.asked)
                .containsExactly(
                        List.of(LocalDate.of(2026, 10, 24), NOW), List.of(Instant.parse("2025-11-22T23:30:00Z"), NOW));
    }

    @Test
    void zeroDays_areForEver() {
        assertThat(retention(0, 0).apply()).isEqualTo(new Retention.Removed(0, 0));
        assertThat(store.asked).isEmpty();
    }

    @Test
    void eachPeriod_standsForItself() {
        assertThat(retention(1, 0).apply()).isEqualTo(new Retention.Removed(7, 0));
        assertThat(retention(0, 1).apply()).isEqualTo(new Retention.Removed(0, 9));
    }

    private Retention retention(int attendanceDays, int auditDays) {
        return new Retention(
                store, new Retention.Periods(attendanceDays, auditDays, BERLIN), Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
