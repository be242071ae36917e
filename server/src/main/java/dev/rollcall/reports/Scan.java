package dev.rollcall.reports;

import dev.rollcall.people.UserId;
import dev.rollcall.reports.SheetStore.PersonRecord;
import dev.rollcall.reports.SheetStore.Start;
import dev.rollcall.reports.SheetStore.Whose;
import dev.rollcall.schedule.Dates;
import dev.rollcall.schedule.PersonDays;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Reads people with their marks some at a time, up to a number of days for one request. For one thread. */
final class Scan {

    /** Most days of people that one request reckons: a month of a thousand people, and some more. */
    static final int MOST_PERSON_DAYS = 40_000;

    /** Days of people that are read at a time: of a month, 20 people, whose marks take less than a megabyte. */
    private static final int PERSON_DAYS_AT_ONCE = 640;

    private final SheetStore store;
    private final Whose whose;
    private final LocalDate from;
    private final LocalDate to;
    private final int atOnce;
    private final Queue<PersonRecord> read = new ArrayDeque<>();
    private Start start;
    private boolean exhausted;
    private int left;
    private @Nullable UserId last;

    /**
     * Begins a scan.
     *
     * @param range with an end
     * @param after the person with whom it begins if a date is given, or after whom
     */
    Scan(SheetStore store, Whose whose, Dates range, @Nullable SheetPosition after) {
        this.store = store;
        this.whose = whose;
        LocalDate end = range.to() == null ? range.from() : range.to();
        int days = (int) ChronoUnit.DAYS.between(range.from(), end) + 1;
        from = range.from().minusDays(PersonDays.REACH_DAYS);
        to = end.plusDays(PersonDays.REACH_DAYS);
        atOnce = Math.max(1, PERSON_DAYS_AT_ONCE / days);
        left = Math.max(1, MOST_PERSON_DAYS / days);
        start = after == null ? Start.FIRST : new Start(after.userId().value(), after.date() != null);
    }

    /** The next person; empty after the last one, or when the request has looked at enough people. */
    Optional<PersonRecord> next() {
        if (read.isEmpty() && !exhausted && left > 0) {
            readMore();
        }
        PersonRecord person = read.poll();
        last = person == null ? last : person.userId();
        return Optional.ofNullable(person);
    }

    private void readMore() {
        int limit = Math.min(atOnce, left);
        List<PersonRecord> people = store.read(whose, start, limit, from, to);
        left -= people.size();
        exhausted = people.size() < limit || whose.userId() != null;
        read.addAll(people);
        if (!people.isEmpty()) {
            start = new Start(people.get(people.size() - 1).userId().value(), false);
        }
    }

    /** The last person, if there may be others behind whom the request did not look at. */
    Optional<UserId> stoppedAt() {
        return exhausted ? Optional.empty() : Optional.ofNullable(last);
    }
}
