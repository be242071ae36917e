package dev.rollcall.reports;

import dev.rollcall.outcome.Cursor;
import dev.rollcall.people.UserId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place after which a page of sheets begins: a person, or a day of a person.
 *
 * @param date null for all days of the person
 */
public record SheetPosition(UserId userId, @Nullable LocalDate date) {

    private static final char SEPARATOR = ' ';

    /** The position that a cursor names; empty if it names none. */
    public static Optional<SheetPosition> parse(Cursor cursor) {
        int blank = cursor.key().indexOf(SEPARATOR);
        String userId = blank < 0 ? cursor.key() : cursor.key().substring(0, blank);
        try {
            LocalDate date = blank < 0 ? null : LocalDate.parse(cursor.key().substring(blank + 1));
            return UserId.stored(userId).map(id -> new SheetPosition(id, date));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    Cursor cursor() {
        return new Cursor(date == null ? userId.value() : userId.value() + SEPARATOR + date);
    }

    /** Whether a day of a person is behind it. */
    boolean isBefore(UserId person, LocalDate day) {
        return !person.equals(userId) || (date != null && day.isAfter(date));
    }
}
