package dev.rollcall.attendance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock that detects when it is set: each reading compares the wall clock with the elapsed time of a monotonic source.
 * Safe for use by several threads.
 */
public final class WatchedClock extends Clock {

    /** The least difference that is a jump; time daemons correct smaller ones by adjusting the rate. */
    static final Duration LEAST_JUMP = Duration.ofSeconds(5);

    /** For how long a jump is reported. */
    static final Duration REPORTED = Duration.ofHours(24);

    /** How long a reading of both clocks is the reference; jumps within this time add up. */
    private static final long REFERENCE_NANOS = Duration.ofMinutes(1).toNanos();

    /** Longest time between the readings of both clocks that count as simultaneous. */
    private static final long SAME_MOMENT_NANOS = Duration.ofSeconds(1).toNanos();

    private final Clock wall;
    private final LongSupplier nanos;
    private final Consumer<Jump> listener;
    private Instant referenceWall;
    private long referenceNanos;
    private @Nullable Jump lastJump;
    private long lastJumpNanos;
    private @Nullable Instant newest;

    /**
     * Creates a clock; the first reference is now.
     *
     * @param wall the clock that may be set
     * @param nanos nanoseconds elapsed since any fixed moment, such as {@link System#nanoTime}
     * @param listener called once for each jump, in the thread that detected it
     */
    public WatchedClock(Clock wall, LongSupplier nanos, Consumer<Jump> listener) {
        this.wall = wall;
        this.nanos = nanos;
        this.listener = listener;
        this.referenceNanos = nanos.getAsLong();
        this.referenceWall = wall.instant();
    }

    /** The state of the clock. */
    public sealed interface Finding {}

    /** No fault was detected. */
    public record Steady() implements Finding {}

    /**
     * The clock was set, or the machine was suspended.
     *
     * @param at the first reading after it
     * @param by the clock's advance minus the elapsed time; negative when it went back
     */
    public record Jump(Instant at, Duration by) implements Finding {}

    /**
     * The clock is earlier than the newest entry of the database was at the start, by more than {@link
     * AttendancePolicy#CLOCK_TOLERANCE}: it is wrong now, or was when that was written.
     */
    public record BehindNewestEntry(Instant newest, Duration by) implements Finding {}

    @Override
    public Instant instant() {
        long before = nanos.getAsLong();
        Instant now = wall.instant();
        compared(now, before, nanos.getAsLong()).ifPresent(listener);
        return now;
    }

    /** The jump since the reference, if there is one; this reading then becomes the reference. */
    private synchronized Optional<Jump> compared(Instant now, long before, long after) {
        long elapsed = before - referenceNanos;
        if (after - before > SAME_MOMENT_NANOS || elapsed < 0) {
            return Optional.empty();
        }
        Duration by = Duration.between(referenceWall, now).minusNanos(elapsed);
        boolean jumped = by.abs().compareTo(LEAST_JUMP) >= 0;
        if (jumped || elapsed >= REFERENCE_NANOS) {
            referenceWall = now;
            referenceNanos = before;
        }
        if (!jumped) {
            return Optional.empty();
        }
        Jump jump = new Jump(now, by);
        lastJump = jump;
        lastJumpNanos = before;
        return Optional.of(jump);
    }

    /** Sets the latest instant in the database; returns how the clock compares with it. */
    public Finding compareWith(Instant newestEntry) {
        Instant now = instant();
        synchronized (this) {
            newest = newestEntry;
            return behindNewest(now);
        }
    }

    /** The current state: the latest jump, for a day; otherwise the comparison with the database at the start. */
    public Finding finding() {
        Instant now = instant();
        synchronized (this) {
            Jump jump = lastJump;
            return jump != null && nanos.getAsLong() - lastJumpNanos < REPORTED.toNanos() ? jump : behindNewest(now);
        }
    }

    private Finding behindNewest(Instant now) {
        return newest != null && now.plus(AttendancePolicy.CLOCK_TOLERANCE).isBefore(newest)
                ? new BehindNewestEntry(newest, Duration.between(now, newest))
                : new Steady();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /**
     * A clock of another zone is not watched.
     *
     * @return the wall clock in that zone
     */
    @Override
    public Clock withZone(ZoneId zone) {
        return wall.withZone(zone);
    }
}
