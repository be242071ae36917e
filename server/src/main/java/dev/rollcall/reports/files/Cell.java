package dev.rollcall.reports.files;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** One value of a table. */
sealed interface Cell {

    /** No value. */
    record None() implements Cell {}

    /** A text. */
    record Text(String value) implements Cell {}

    /** A number. */
    record Decimal(BigDecimal value) implements Cell {}

    /** Yes or no. */
    record Flag(boolean value) implements Cell {}

    /** A work date. */
    record Day(LocalDate value) implements Cell {}

    /** An instant as the clocks of a place show it. */
    record Moment(Instant at, ZoneId zone) implements Cell {}

    /** A length of time in seconds. */
    record Span(long seconds) implements Cell {}

    Cell NONE = new None();

    static Cell text(@Nullable String value) {
        return value == null ? NONE : new Text(value);
    }

    static Cell whole(@Nullable Long value) {
        return value == null ? NONE : new Decimal(BigDecimal.valueOf(value));
    }

    static Cell span(@Nullable Long seconds) {
        return seconds == null ? NONE : new Span(seconds);
    }

    static Cell moment(@Nullable Instant at, ZoneId zone) {
        return at == null ? NONE : new Moment(at, zone);
    }
}
