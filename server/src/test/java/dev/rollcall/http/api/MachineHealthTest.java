package dev.rollcall.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.WatchedClock;
import dev.rollcall.http.api.MachineHealth.CertificateView;
import dev.rollcall.http.api.MachineHealth.DiskView;
import dev.rollcall.http.api.MachineHealth.Machine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the health report says about the machine. */
class MachineHealthTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    @TempDir
    Path folder;

    private MachineHealth health(Optional<Duration> left) {
        WatchedClock clock = new WatchedClock(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0, jump -> {});
        return new MachineHealth(clock, new Machine(folder.resolve("not/made/yet"), () -> left.map(NOW::plus)));
    }

    @Test
    void certificateThatIsValidForThreeWeeks_isFine() {
        assertThat(health(Optional.of(Duration.ofDays(21))).certificate())
                .isEqualTo(new CertificateView(true, NOW.plus(Duration.ofDays(21)), 21));
    }

    @Test
    void certificateThatEndsSooner_isReported() {
        Duration left = Duration.ofDays(21).minusSeconds(1);

        assertThat(health(Optional.of(left)).certificate()).isEqualTo(new CertificateView(false, NOW.plus(left), 20));
    }

    @Test
    void certificateThatHasEnded_hasNegativeDays() {
        Duration left = Duration.ofHours(-1);

        assertThat(health(Optional.of(left)).certificate()).isEqualTo(new CertificateView(false, NOW.plus(left), -1));
    }

    @Test
    void serviceWithoutCertificate_hasNone() {
        assertThat(health(Optional.empty()).certificate()).isNull();
    }

    @Test
    void diskOfAFolderThatIsNotThereYet_isThatOfItsParent() {
        assertThat(health(Optional.empty()).disk()).isNotNull();
    }

    @Test
    void diskWithLessThanAGigabyte_isReported() {
        assertThat(DiskView.of(999_999_999)).isEqualTo(new DiskView(false, 999_999_999));
        assertThat(DiskView.of(1_000_000_000).ok()).isTrue();
    }
}
