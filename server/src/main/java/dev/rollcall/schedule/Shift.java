package dev.rollcall.schedule;

import java.time.Instant;

/**
 * Planned hours that repeat by the week.
 *
 * @param id of the form of a site's id
 * @param name its name in lists
 * @param updatedAt when its name or rules were last changed
 * @param version another text whenever its name or rules are others
 */
public record Shift(String id, String name, ShiftRules rules, Instant createdAt, Instant updatedAt, String version) {

    /** The same shift with other rules, for a trial. */
    public Shift with(ShiftRules others) {
        return new Shift(id, name, others, createdAt, updatedAt, version);
    }
}
