package dev.rollcall.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/**
 * How times are rounded before hours are reckoned. It decides the hours and never the status.
 *
 * @param minutes the step on the local clock, one of {@link #STEPS}; 0 for the seconds as they are
 * @param in how arrivals are rounded
 * @param out how departures are rounded
 */
public record Rounding(int minutes, Mode in, Mode out) {

    /** The steps that there are: 0 and divisors of an hour. */
    public static final Set<Integer> STEPS = Set.of(0, 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60);

    public static final Rounding NONE = new Rounding(0, Mode.NEAREST, Mode.NEAREST);

    /** The direction of rounding. */
    public enum Mode {
        /** To the nearer step, and in the middle to the later one. */
        NEAREST,
        /** To the later step. */
        UP,
        /** To the earlier step. */
        DOWN
    }

    public Rounding {
        if (!STEPS.contains(minutes)) {
            throw new IllegalArgumentException("no step of an hour: " + minutes);
        }
    }

    long inSeconds(Instant at, ZoneId zone) {
        return seconds(at, zone, in);
    }

    long outSeconds(Instant at, ZoneId zone) {
        return seconds(at, zone, out);
    }

    /** Seconds since 1970 of the rounded time; the zone's offset is that of the time before it is rounded. */
    private long seconds(Instant at, ZoneId zone, Mode mode) {
        long exact = at.getEpochSecond();
        if (minutes == 0) {
            return exact;
        }
        long offset = zone.getRules().getOffset(at).getTotalSeconds();
        long step = minutes * 60L;
        long beyond = Math.floorMod(exact + offset, step);
        boolean later =
                switch (mode) {
                    case NEAREST -> 2 * beyond >= step;
                    case UP -> beyond > 0;
                    case DOWN -> false;
                };
        return exact - beyond + (later ? step : 0);
    }
}
