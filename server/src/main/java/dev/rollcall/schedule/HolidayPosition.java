package dev.rollcall.schedule;

import dev.rollcall.outcome.Cursor;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;

/** The place of a holiday in the list of a site, also of one that was removed meanwhile. */
public record HolidayPosition(LocalDate date, String name) {

    static final Comparator<HolidayPosition> ORDER =
            Comparator.comparing(HolidayPosition::date).thenComparing(HolidayPosition::name);

    private static final char SEPARATOR = ' ';

    static HolidayPosition of(Holiday holiday) {
        return new HolidayPosition(holiday.date(), holiday.name());
    }

    /** The position that a cursor names; empty if it names none. */
    public static Optional<HolidayPosition> parse(Cursor cursor) {
        int blank = cursor.key().indexOf(SEPARATOR);
        if (blank < 0) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(cursor.key().substring(0, blank));
            return Optional.of(new HolidayPosition(date, cursor.key().substring(blank + 1)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The key of the cursor of this position. */
    String key() {
        return date.toString() + SEPARATOR + name;
    }
}
