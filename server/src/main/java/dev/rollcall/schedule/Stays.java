package dev.rollcall.schedule;

import dev.rollcall.attendance.Direction;
import dev.rollcall.schedule.DaySheet.ReadMark;
import dev.rollcall.schedule.Hours.Stay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The marks of one day read as arrivals and departures. A direction that somebody said stays; each other one is the opposite of the
 * one before, and the first is in.
 *
 * @param read all marks with the directions that result
 * @param closed arrivals with the departures that follow them
 * @param firstIn null if there is no arrival
 * @param lastOut null if there is no departure
 * @param open whether the last mark that counts is an arrival
 * @param broken whether an arrival before the last mark has no departure, or a departure no arrival
 */
record Stays(
        List<ReadMark> read,
        List<Stay> closed,
        @Nullable Instant firstIn,
        @Nullable Instant lastOut,
        boolean open,
        boolean broken) {

    Stays {
        read = List.copyOf(read);
        closed = List.copyOf(closed);
    }

    /**
     * Reads the marks of a day.
     *
     * @param marks by time
     */
    static Stays of(List<DayMark> marks) {
        List<ReadMark> read = new ArrayList<>();
        List<Stay> closed = new ArrayList<>();
        Direction before = Direction.OUT;
        Instant in = null;
        Instant firstIn = null;
        Instant lastOut = null;
        boolean broken = false;
        for (DayMark mark : marks) {
            if (!mark.counts()) {
                read.add(new ReadMark(mark, null));
                continue;
            }
            Direction said = mark.said();
            Direction direction = said != null ? said : before == Direction.IN ? Direction.OUT : Direction.IN;
            read.add(new ReadMark(mark, direction));
            before = direction;
            if (direction == Direction.IN) {
                broken |= in != null;
                in = mark.at();
                firstIn = firstIn == null ? in : firstIn;
            } else {
                broken |= in == null;
                lastOut = mark.at();
                if (in != null) {
                    closed.add(new Stay(in, lastOut));
                }
                in = null;
            }
        }
        return new Stays(read, closed, firstIn, lastOut, in != null, broken);
    }

    /** Whether the first mark that counts is an arrival. */
    boolean beginsWithArrival() {
        for (ReadMark one : read) {
            if (one.direction() != null) {
                return one.direction() == Direction.IN;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return firstIn == null && lastOut == null;
    }
}
