package dev.rollcall.schedule;

import dev.rollcall.people.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a person or a group works a shift on a range of dates.
 *
 * @param shift the shift's id
 */
public record Assignment(long id, String shift, Assignee assignee, Dates dates, Instant createdAt) {

    /**
     * Who works: one of the two is given.
     *
     * @param userId a person
     * @param group everybody who is in this group now
     */
    public record Assignee(
            @Nullable UserId userId, @Nullable String group) {

        public Assignee {
            if ((userId == null) == (group == null)) {
                throw new IllegalArgumentException("either a person or a group");
            }
        }

        public static Assignee person(UserId userId) {
            return new Assignee(userId, null);
        }

        public static Assignee group(String group) {
            return new Assignee(null, group);
        }
    }

    /** The same assignment on other dates, for a trial. */
    public Assignment with(Dates others) {
        return new Assignment(id, shift, assignee, others, createdAt);
    }

    /** Whether it is of a person, and so goes before those of a group. */
    boolean isPersonal() {
        return assignee.userId() != null;
    }
}
