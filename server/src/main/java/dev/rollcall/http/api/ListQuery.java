package dev.rollcall.http.api;

import dev.rollcall.attendance.MarkFilter;
import dev.rollcall.attendance.MarkOrder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.keys.KeyPosition;
import dev.rollcall.outcome.Cursor;
import dev.rollcall.people.Label;
import dev.rollcall.people.PeopleOrder;
import dev.rollcall.people.PeoplePosition;
import dev.rollcall.people.UserId;
import dev.rollcall.reports.SheetPosition;
import dev.rollcall.schedule.Dates;
import dev.rollcall.schedule.HolidayPosition;
import dev.rollcall.sites.Site;
import jakarta.ws.rs.core.UriInfo;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reader of the query parameters of lists. An invalid parameter ends the request by a {@link RefusedException}. */
public final class ListQuery {

    /** Items of a page when the parameter is absent. */
    public static final int DEFAULT_LIMIT = 100;

    /** Most items of a page. */
    public static final int MAX_LIMIT = 1000;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");
    private static final Pattern TEXT = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,200}");
    private static final Pattern SITE = Pattern.compile(Site.ID);
    /** Months of the years whose dates the database and Java write alike. */
    private static final Pattern MONTH = Pattern.compile("[12][0-9]{3}-(0[1-9]|1[0-2])");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private ListQuery() {}

    static @Nullable UserId userId(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return UserId.stored(text).orElseThrow(() -> RefusedException.invalid("user_id", "user_id has no valid form"));
    }

    static @Nullable LocalDate date(String field, @Nullable String text) {
        return text == null ? null : Fields.date(field, text);
    }

    /** A date that must be given. */
    static LocalDate neededDate(String field, @Nullable String text) {
        LocalDate date = date(field, text);
        if (date == null) {
            throw RefusedException.invalid(field, field + " is missing");
        }
        return date;
    }

    /** A month such as 2026-11 that must be given. */
    static YearMonth neededMonth(@Nullable String text) {
        YearMonth month = month(text);
        if (month == null) {
            throw RefusedException.invalid("month", "month is missing");
        }
        return month;
    }

    /** The work dates of a month. */
    static Dates dates(YearMonth month) {
        return new Dates(month.atDay(1), month.atEndOfMonth());
    }

    /** A range of work dates with an end, of a bounded number of days. */
    static Dates range(LocalDate from, LocalDate to, int most) {
        if (to.isBefore(from)) {
            throw RefusedException.invalid("to", "to must not be before from");
        }
        if (ChronoUnit.DAYS.between(from, to) >= most) {
            throw RefusedException.invalid("to", "from and to can be at most " + most + " days");
        }
        return new Dates(from, to);
    }

    /** A month such as 2026-11. */
    static @Nullable YearMonth month(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!MONTH.matcher(text).matches()) {
            throw RefusedException.invalid("month", "month must be a year and a month such as 2026-11");
        }
        return YearMonth.parse(text);
    }

    /** The sheet after which the page begins; null for the first page. */
    static @Nullable SheetPosition afterSheet(@Nullable String next) {
        return after(next, SheetPosition::parse).orElse(null);
    }

    /** The holiday after which the page begins; null for the first page. */
    static @Nullable HolidayPosition afterHoliday(@Nullable String next) {
        return after(next, HolidayPosition::parse).orElse(null);
    }

    static @Nullable Instant instant(String field, @Nullable String text) {
        return text == null ? null : Fields.instant(field, text);
    }

    /** A name that the program defines: of an action, a code or a key. */
    static @Nullable String word(String field, @Nullable String text) {
        if (text != null && !WORD.matcher(text).matches()) {
            throw RefusedException.invalid(field, field + " has no valid form");
        }
        return text;
    }

    /** The number of the entry after which the page begins; empty for the first page. */
    static Optional<Long> afterNumber(@Nullable String next) {
        return after(next, Cursor::number);
    }

    /** The person after whom the page begins; empty for the first page. */
    static Optional<PeoplePosition> afterPerson(@Nullable String next, PeopleOrder order) {
        return after(next, order::position);
    }

    /** The mark after which the page begins; empty for the first page. */
    static Optional<MarkOrder.Position> afterMark(@Nullable String next, MarkOrder order) {
        return after(next, order::position);
    }

    private static <T> Optional<T> after(@Nullable String next, Function<Cursor, Optional<T>> reading) {
        if (next == null) {
            return Optional.empty();
        }
        Optional<T> key = Cursor.parse(next).flatMap(reading);
        if (key.isEmpty()) {
            throw RefusedException.invalid("next", "next is not a cursor of this list");
        }
        return key;
    }

    /** The person after whom a page of names begins; empty for the first page. */
    static Optional<UserId> afterName(@Nullable String next) {
        return after(next, cursor -> UserId.stored(cursor.key()));
    }

    /** The site after which the page begins; empty for the first page. */
    static Optional<String> afterSite(@Nullable String next) {
        return after(next, cursor -> Optional.of(cursor.key())
                .filter(id -> SITE.matcher(id).matches()));
    }

    /** A text to search for, in normalization form C and without white space at its ends, or null for none. */
    static @Nullable String searched(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return valid(field, Normalizer.normalize(text.strip(), Normalizer.Form.NFC));
    }

    /**
     * A value, or none if the parameter is empty; null if it is absent.
     *
     * @param text null if it is empty or absent: Quarkus REST doesn't tell these apart
     */
    static @Nullable Label label(UriInfo request, String field, @Nullable String text) {
        if (text == null) {
            return request.getQueryParameters().containsKey(field) ? Label.NONE : null;
        }
        return new Label(valid(field, text));
    }

    private static String valid(String field, String text) {
        if (!TEXT.matcher(text).matches()) {
            throw RefusedException.invalid(field, field + " must be at most 200 characters on one line");
        }
        return text;
    }

    static @Nullable Boolean flag(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.equals("true") && !text.equals("false")) {
            throw RefusedException.invalid(field, field + " must be true or false");
        }
        return Boolean.valueOf(text);
    }

    /** The id of a site, which need not exist. */
    static @Nullable String site(@Nullable String text) {
        return id("site", text);
    }

    /** The id of a shift, which need not exist. */
    static @Nullable String shift(@Nullable String text) {
        return id("shift", text);
    }

    private static @Nullable String id(String field, @Nullable String text) {
        if (text != null && !SITE.matcher(text).matches()) {
            throw RefusedException.invalid(field, field + " has no valid form");
        }
        return text;
    }

    /** A group, in which nobody need be. */
    static @Nullable String group(@Nullable String text) {
        return text == null ? null : valid("group", text);
    }

    /** Whether the response is to say how many items all pages have. */
    static boolean total(@Nullable String text) {
        return Boolean.TRUE.equals(flag("total", text));
    }

    /** The API key after which the page begins; empty for the first page. */
    static Optional<KeyPosition> afterKey(@Nullable String next) {
        return after(next, KeyPosition::parse);
    }

    /** The state of marks: those that count if the parameter is absent, null for all. */
    static MarkFilter.@Nullable MarkState markState(@Nullable String text) {
        if (text == null) {
            return MarkFilter.MarkState.PRESENT;
        }
        if (text.equals("all")) {
            return null;
        }
        return MarkFilter.MarkState.parse(text)
                .orElseThrow(() -> RefusedException.invalid("state", "state must be present, voided, replaced or all"));
    }

    /** A constant by its name in lower case; null if the parameter is absent. */
    static <E extends Enum<E>> @Nullable E constantOrNull(String field, @Nullable String text, Class<E> type) {
        return text == null ? null : constant(field, text, type);
    }

    /** A constant by its name in lower case. */
    static <E extends Enum<E>> E constant(String field, String text, Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT);
            if (name.equals(text)) {
                return constant;
            }
            names.add(name);
        }
        throw RefusedException.invalid(field, field + " must be one of " + String.join(", ", names));
    }

    static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        int limit = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw RefusedException.invalid("limit", "limit must be 1 to " + MAX_LIMIT);
        }
        return limit;
    }
}
