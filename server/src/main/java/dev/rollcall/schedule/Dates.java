package dev.rollcall.schedule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of work dates.
 *
 * @param from the first one
 * @param to the last one, not before the first; null for no end
 */
public record Dates(LocalDate from, @Nullable LocalDate to) {

    public Dates {
        if (to != null && to.isBefore(from)) {
            throw new IllegalArgumentException("ends before it begins");
        }
    }

    public boolean contains(LocalDate date) {
        return !date.isBefore(from) && (to == null || !date.isAfter(to));
    }

    /** What is left of this range, before and after another one. */
    public List<Dates> without(Dates other) {
        List<Dates> left = new ArrayList<>();
        LocalDate before = other.from.minusDays(1);
        if (!from.isAfter(before)) {
            left.add(new Dates(from, to == null || to.isAfter(before) ? before : to));
        }
        LocalDate after = other.to == null ? null : other.to.plusDays(1);
        if (after != null && (to == null || !to.isBefore(after))) {
            left.add(new Dates(from.isAfter(after) ? from : after, to));
        }
        return left;
    }
}
