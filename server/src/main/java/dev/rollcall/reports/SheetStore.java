package dev.rollcall.reports;

import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.Label;
import dev.rollcall.people.UserId;
import dev.rollcall.schedule.Assignment;
import dev.rollcall.schedule.DayMark;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The store of what sheets are made of. */
public interface SheetStore {

    /**
     * People in the order of their user ids.
     *
     * @param start where they begin
     * @param limit most people
     * @param from the first work date of the marks and assignments, included
     * @param to the last one, included
     * @throws StoreUnavailableException if it can't be read
     */
    List<PersonRecord> read(Whose whose, Start start, int limit, LocalDate from, LocalDate to);

    /**
     * A place in the order of people.
     *
     * @param userId a user id, or an empty text for the first person
     * @param included whether the person with this user id is read, too
     */
    record Start(String userId, boolean included) {

        public static final Start FIRST = new Start("", false);
    }

    /** Which people; what is null doesn't restrict. */
    record Whose(
            @Nullable UserId userId,
            @Nullable Label group,
            @Nullable Label site) {

        public static final Whose EVERYBODY = new Whose(null, null, null);

        public static Whose of(UserId userId) {
            return new Whose(userId, null, null);
        }
    }

    /**
     * A person with marks.
     *
     * @param externalId the person's number in another system; null without one
     * @param site the person's site; null for every site
     * @param createdAt when the person was first enrolled
     * @param inactiveSince since when the person is not active; null for somebody who is
     * @param assignments of the person and of the group
     * @param marks by time, also those that don't count
     */
    record PersonRecord(
            UserId userId,
            @Nullable String externalId,
            String name,
            @Nullable String group,
            @Nullable String site,
            Instant createdAt,
            @Nullable Instant inactiveSince,
            List<Assignment> assignments,
            List<DayMark> marks) {

        public PersonRecord {
            assignments = List.copyOf(assignments);
            marks = List.copyOf(marks);
        }

        boolean isActive() {
            return inactiveSince == null;
        }
    }
}
