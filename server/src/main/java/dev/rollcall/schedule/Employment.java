package dev.rollcall.schedule;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person's days depend on, besides marks.
 *
 * @param since the work date of the first enrollment: before it, a day without a mark has no status
 * @param until the work date since which the person is not active: from it on, a day without a mark has no status; null for somebody who
 *     is active
 * @param assignments of the person and of the person's group
 */
public record Employment(LocalDate since, @Nullable LocalDate until, List<Assignment> assignments) {

    public Employment {
        assignments = List.copyOf(assignments);
    }

    boolean covers(LocalDate date) {
        return !date.isBefore(since) && (until == null || date.isBefore(until));
    }
}
