package dev.rollcall.http.api;

import dev.rollcall.attendance.WatchedClock;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The parts of the health report that are the machine's: its clock, the space on its disk, its certificate. They don't change the status. */
@Singleton
public final class MachineHealth {

    /**
     * Below this the disk is reported. The service's own database refuses writes under 32 MB, imports stop under 256 MB, and the
     * write-ahead log may take 128 MB; 1,000 people write some 115 MB a year (docs/storage.md), so that there are years left for an answer
     * where nothing else fills the disk, and days where something does.
     */
    private static final long LOW_BYTES = 1_000_000_000;

    /**
     * From this on the end of the certificate is reported: certbot renews 30 days before the end and TLS=local 90 days, so something has
     * failed by then.
     */
    private static final Duration NEAR_END = Duration.ofDays(21);

    private final WatchedClock clock;
    private final Machine machine;

    @Inject
    MachineHealth(WatchedClock clock, Machine machine) {
        this.clock = clock;
        this.machine = machine;
    }

    /**
     * Where to look.
     *
     * @param dataFolder a folder on the disk that the service writes to; it may not exist yet
     * @param certificateEnd when the certificate that the service proves itself with ends; empty without one
     */
    public record Machine(Path dataFolder, Supplier<Optional<Instant>> certificateEnd) {}

    /** The disk's part of the report. */
    @Schema(name = "DiskHealth", description = "The space on the service's disk, which doesn't change the status")
    record DiskView(
            @Schema(description = "Whether there is 1 GB or more")
            boolean ok,

            @Schema(description = "Bytes that the service can still write where DATA_DIR is")
            long freeBytes) {

        static DiskView of(long freeBytes) {
            return new DiskView(freeBytes >= LOW_BYTES, freeBytes);
        }
    }

    /** The certificate's part of the report. */
    @Schema(name = "CertificateHealth", description = "The service's certificate, which doesn't change the status")
    record CertificateView(
            @Schema(description = "Whether it is valid for 21 days or longer")
            boolean ok,

            @Schema(description = "When it ends") Instant validUntil,

            @Schema(description = "Whole days until then, negative after it")
            long daysLeft) {}

    /** What was detected about the clock. */
    @Schema(
            description =
                    "jumped: the clock was set, or the machine was suspended; behind_newest_entry: the clock is behind the"
                            + " newest entry that was in the database at the start")
    enum ClockProblem {
        JUMPED,
        BEHIND_NEWEST_ENTRY
    }

    /**
     * The clock's part of the report, which doesn't change the status.
     *
     * @param problem null, {@code jumped} or {@code behind_newest_entry}
     * @param at the first moment after the jump, or the newest entry's; null without a problem
     * @param byS seconds by which the clock jumped, negative when it went back, or by which it is behind the newest
     *     entry; null without a problem
     */
    @Schema(name = "ClockHealth", description = "The clock's part of the report, which doesn't change the status")
    record ClockView(
            @Schema(description = "Whether nothing was detected")
            boolean ok,

            @Schema(implementation = ClockProblem.class, description = "Null without a problem") @Nullable
            String problem,

            @Schema(description = "The first moment after the jump, or the newest entry's; null without a problem")
            @Nullable
            Instant at,

            @Schema(
                    description =
                            "Seconds by which the clock jumped, negative when it went back, or by which it is behind;"
                                    + " null without a problem")
            @Nullable
            Long byS) {

        static ClockView of(WatchedClock.Finding finding) {
            if (finding instanceof WatchedClock.Jump jump) {
                return of(ClockProblem.JUMPED, jump.at(), jump.by());
            }
            if (finding instanceof WatchedClock.BehindNewestEntry behind) {
                return of(ClockProblem.BEHIND_NEWEST_ENTRY, behind.newest(), behind.by());
            }
            return new ClockView(true, null, null, null);
        }

        private static ClockView of(ClockProblem problem, Instant at, Duration by) {
            return new ClockView(false, problem.name().toLowerCase(Locale.ROOT), at, by.toSeconds());
        }
    }

    ClockView clock() {
        return ClockView.of(clock.finding());
    }

    long secondsSince(Instant start) {
        return Duration.between(start, clock.instant()).toSeconds();
    }

    /** The space on the disk; null if the system doesn't tell. */
    @Nullable
    DiskView disk() {
        Path folder = machine.dataFolder().toAbsolutePath().normalize();
        while (folder.getParent() != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        try {
            return DiskView.of(Files.getFileStore(folder).getUsableSpace());
        } catch (IOException e) {
            return null;
        }
    }

    /** The certificate; null without one. */
    @Nullable
    CertificateView certificate() {
        return machine.certificateEnd().get().map(this::until).orElse(null);
    }

    private CertificateView until(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return new CertificateView(
                left.compareTo(NEAR_END) >= 0,
                end,
                Math.floorDiv(left.toSeconds(), Duration.ofDays(1).toSeconds()));
    }
}
