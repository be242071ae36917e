package dev.rollcall.schedule;

import java.time.LocalDate;
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
}
