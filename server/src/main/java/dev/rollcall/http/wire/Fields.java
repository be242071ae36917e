package dev.rollcall.http.wire;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.people.PersonName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parser of single values that are given as text. */
public final class Fields {

    /** Years that every database accepts, also after an offset is applied. */
    private static final Pattern DATE = Pattern.compile("[12]\\d{3}-\\d{2}-\\d{2}");

    private static final Pattern INSTANT = Pattern.compile(DATE.pattern() + "T[0-9:.]{5,18}(Z|[+-][0-9:]{2,8})");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private Fields() {}

    /** The refusal of a field that a request doesn't have, by its name unless that is longer or stranger than that of any field. */
    static RefusedException unknown(String name) {
        return NAME.matcher(name).matches()
                ? RefusedException.invalid(name, name + " is no field of this request")
                : RefusedException.invalid("the body has a field that this request doesn't have");
    }

    /** The refusal of a field that is given more than once. */
    static RefusedException repeated(String field) {
        return RefusedException.invalid(field, field + " is given twice");
    }

    public static LocalDate date(String field, String text) {
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            // Refused below, as other texts that are no dates.
        }
        throw RefusedException.invalid(field, field + " must be a date like 2026-01-31");
    }

    public static Instant instant(String field, String text) {
        try {
            if (INSTANT.matcher(text).matches()) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            // Refused below, as other texts that are no instants.
        }
        throw RefusedException.invalid(field, field + " must be an instant like 2026-01-31T08:00:00Z");
    }

    public static String name(String field, @Nullable String text) {
        if (text == null) {
            throw RefusedException.invalid(field, field + " is missing");
        }
        return PersonName.parse(text)
                .orElseThrow(() -> RefusedException.invalid(
                        field, field + " must be 1 to " + PersonName.MAX_LENGTH + " visible characters on one line"))
                .value();
    }
}
