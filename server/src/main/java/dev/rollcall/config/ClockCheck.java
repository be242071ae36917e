package dev.rollcall.config;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.WatchedClock;
import dev.rollcall.attendance.WatchedClock.BehindNewestEntry;
import dev.rollcall.attendance.WatchedClock.Jump;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.webhooks.EventUpkeep;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The check of the system clock: compares it with the newest entry of the database at the start, and reads it every
 * minute, so that a jump is detected also without requests. Logs a warning in both cases, and writes a jump to the audit log.
 */
final class ClockCheck implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ClockCheck.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final WatchedClock clock;
    private final AttendanceStore attendance;
    private final EventUpkeep events;
    private final Thread thread = new Thread(this::run, "clock-check");

    ClockCheck(WatchedClock clock, AttendanceStore attendance, EventUpkeep events) {
        this.clock = clock;
        this.attendance = attendance;
        this.events = events;
    }

    static void warn(Jump jump) {
        LOG.warnf(
                "the clock jumped by %d s, to %s: it was set, or the machine was suspended. Marks get the clock's time",
                jump.by().toSeconds(), jump.at());
    }

    void start() {
        try {
            attendance.newestEntry().map(clock::compareWith).ifPresent(finding -> {
                if (finding instanceof BehindNewestEntry behind) {
                    LOG.warnf(
                            "the clock is %d s behind the newest entry of the database, %s: it is wrong now, or was wrong then",
                            behind.by().toSeconds(), behind.newest());
                }
            });
        } catch (StoreUnavailableException e) {
            LOG.warn("the clock can't be compared with the database: " + e.getMessage());
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            Optional<Jump> noted = Optional.empty();
            while (true) {
                Thread.sleep(INTERVAL.toMillis());
                clock.instant();
                noted = clock.finding() instanceof Jump jump ? noted(jump, noted) : noted;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Notes a jump, also for other systems; one that the database could not take is noted a minute later. */
    private Optional<Jump> noted(Jump jump, Optional<Jump> before) {
        if (before.filter(jump::equals).isPresent()) {
            return before;
        }
        try {
            events.clockJumped(jump.at(), jump.by().toSeconds());
            return Optional.of(jump);
        } catch (StoreUnavailableException e) {
            return before;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
