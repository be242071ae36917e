package dev.rollcall.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of an archive, each checked against its limits. An error names the line, the
 * kind of row and the field. Not safe for use by several threads.
 */
public final class Content {

    /** Ids and numbers of audit entries: room for a trillion more, and exact in every JSON reader. */
    static final long MAX_ID = 1_000_000_000_000_000L;

    private static final Pattern DATE = Pattern.compile("[12]\\d{3}-\\d{2}-\\d{2}");
    private static final Pattern INSTANT =
            Pattern.compile(DATE.pattern() + "T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?(Z|[+-]\\d{2}(:\\d{2}){0,2})");
    private static final Instant FIRST = Instant.parse("1000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("3000-01-01T00:00:00Z");

    private final ObjectNode json;
    private final String where;

    /**
     * Wraps an object.
     *
     * @param where the line and what it is, such as {@code line 12 (mark)}
     */
    Content(ObjectNode json, String where) {
        this.json = json;
        this.where = where;
    }

    ObjectNode json() {
        return json;
    }

    /** The error that a field doesn't have the form that is described. */
    ArchiveException wrong(String field, String mustBe) {
        return new ArchiveException("the export can't be taken: " + where + ", " + field + " " + mustBe);
    }

    /** An object within this one, as {@code NAME 3}. */
    Content within(ObjectNode inner, String name) {
        return new Content(inner, where + ", " + name);
    }

    /** Refuses fields that the kind doesn't have. */
    void hasOnly(Set<String> known) throws ArchiveException {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            if (!known.contains(names.next())) {
                throw wrong(
                        "one field",
                        "is unknown; there are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    boolean has(String field) {
        return !json.path(field).isMissingNode() && !json.path(field).isNull();
    }

    String text(String field) throws ArchiveException {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw wrong(field, "must be a text");
        }
        return value.textValue();
    }

    String text(String field, Pattern form, String described) throws ArchiveException {
        String text = text(field);
        if (!form.matcher(text).matches()) {
            throw wrong(field, "must be " + described);
        }
        return text;
    }

    @Nullable
    String textOrNull(String field, Pattern form, String described) throws ArchiveException {
        return has(field) ? text(field, form, described) : null;
    }

    /** A text that a parser takes for what it is, and leaves as it is. */
    <T> T parsed(String field, Optional<T> value, String described) throws ArchiveException {
        T parsed = value.orElseThrow(() -> wrong(field, "must be " + described));
        if (!parsed.toString().equals(text(field))) {
            throw wrong(field, "must be " + described);
        }
        return parsed;
    }

    long whole(String field, long least, long most) throws ArchiveException {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw wrong(field, "must be a whole number from " + least + " to " + most);
        }
        return value.longValue();
    }

    /** A number that the database keeps with 24 binary digits. */
    void real(String field, double least, double most) throws ArchiveException {
        JsonNode value = json.path(field);
        if (value.isNumber()) {
            BigDecimal exact = value.decimalValue();
            float kept = exact.floatValue();
            boolean tiny = exact.signum() != 0 && Math.abs(kept) < Float.MIN_NORMAL;
            if (!tiny
                    && Float.isFinite(kept)
                    && exact.compareTo(BigDecimal.valueOf(least)) >= 0
                    && exact.compareTo(BigDecimal.valueOf(most)) <= 0) {
                return;
            }
        }
        throw wrong(
                field,
                "must be a number from " + BigDecimal.valueOf(least).toPlainString() + " to "
                        + BigDecimal.valueOf(most).toPlainString());
    }

    void realOrNull(String field, double least, double most) throws ArchiveException {
        if (has(field)) {
            real(field, least, most);
        }
    }

    void flag(String field) throws ArchiveException {
        if (!json.path(field).isBoolean()) {
            throw wrong(field, "must be true or false");
        }
    }

    LocalDate date(String field) throws ArchiveException {
        try {
            String text = text(field);
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            // Refused below, like any other text that is no date.
        }
        throw wrong(field, "must be a date from 1000-01-01 to 2999-12-31");
    }

    /** Reads an instant, and puts it in the form in which every database reads it. */
    Instant instant(String field) throws ArchiveException {
        try {
            String text = text(field);
            if (INSTANT.matcher(text).matches()) {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                if (!instant.isBefore(FIRST) && instant.isBefore(END)) {
                    json.put(field, instant.toString());
                    return instant;
                }
            }
        } catch (DateTimeException e) {
            // Refused below, like any other text that is no instant.
        }
        throw wrong(field, "must be an instant of the years 1000 to 2999, like 2026-01-31T08:00:00.123456+00:00");
    }

    void instantOrNull(String field) throws ArchiveException {
        if (has(field)) {
            instant(field);
        }
    }

    /** Reads an instant that must be over. */
    Instant past(String field, Instant latest) throws ArchiveException {
        Instant instant = instant(field);
        if (instant.isAfter(latest)) {
            throw wrong(field, "must not be in the future");
        }
        return instant;
    }
}
