package dev.rollcall.schedule;

import java.time.LocalDate;
import java.util.List;

/**
 * What a person's days depend on, besides marks.
 *
 * @param since the work date of the first enrollment: before it, a day without a mark has no status
 * @param active of somebody who isn't, a day without a mark has no status, since it isn't known since when
 * @param assignments of the person and of the person's group
 */
public record Employment(LocalDate since, boolean active, List<Assignment> assignments) {

    public Employment {
        assignments = List.copyOf(assignments);
    }

    boolean covers(LocalDate date) {
        return active && !date.isBefore(since);
    }
}
