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
 * A clock that notices when it is set: each time it is read, it compares the wall clock with the time that has elapsed
 * by a source that nobody sets. Safe for use by several threads.
 */
public final class WatchedClock extends Clock {

    /** The least difference that is a jump; time daemons correct less by running faster or slower. */
    static final Duration LEAST_JUMP = Duration.ofSeconds(5);

    /** For how long a jump is reported. */
    static final Duration REPORTED = Duration.ofHours(24);

    /** How long one reading of both clocks is compared with; jumps within this time add up. */
    private static final long REFERENCE_NANOS = Duration.ofMinutes(1).toNanos();

    /** Longest time between the readings of both clocks that are taken to be of the same moment. */
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
     * Begins to watch.
     *
     * @param wall the clock that may be set
     * @param nanos nanoseconds elapsed since any fixed moment, such as {@link System#nanoTime}
     * @param listener hears of each jump once, in the thread that noticed it
     */
    public WatchedClock(Clock wall, LongSupplier nanos, Consumer<Jump> listener) {
        this.wall = wall;
        this.nanos = nanos;
        this.listener = listener;
        this.referenceNanos = nanos.getAsLong();
        this.referenceWall = wall.instant();
    }

    /** What is known about the clock. */
    public sealed interface Finding {}

    /** Nothing is wrong that could be noticed. */
    public record Steady() implements Finding {}

    /**
     * The clock was set, or the machine slept.
     *
     * @param at the first reading after it
     * @param by how much further the clock went than time did; negative when it went back
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

    /** The jump since the reference, if there is one; the reference is then this reading. */
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

    /** Tells the latest instant in the database; answers how the clock compares with it. */
    public Finding compareWith(Instant newestEntry) {
        Instant now = instant();
        synchronized (this) {
            newest = newestEntry;
            return behindNewest(now);
        }
    }

    /** What is known now: the latest jump, for a day; else how the clock compares with the database at the start. */
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
