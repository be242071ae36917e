package dev.rollcall.http.api;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.outcome.Cursor;
import dev.rollcall.people.UserId;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a list's address.
 *
 * @param parameters as they came, decoded
 */
record ListQuery(MultivaluedMap<String, String> parameters) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Nullable
    UserId userId() {
        String text = parameters.getFirst("user_id");
        if (text == null) {
            return null;
        }
        return UserId.stored(text).orElseThrow(() -> RefusedException.invalid("user_id", "user_id has no valid form"));
    }

    @Nullable
    LocalDate date(String field) {
        String text = parameters.getFirst(field);
        return text == null ? null : Fields.date(field, text);
    }

    @Nullable
    Instant instant(String field) {
        String text = parameters.getFirst(field);
        return text == null ? null : Fields.instant(field, text);
    }

    /** A name of the program's own making: of an action, a code or a key. */
    @Nullable
    String word(String field) {
        String text = parameters.getFirst(field);
        if (text != null && !WORD.matcher(text).matches()) {
            throw RefusedException.invalid(field, field + " has no valid form");
        }
        return text;
    }

    /** Where the page begins, as the number of an entry; empty for the first page. */
    Optional<Long> afterNumber() {
        return after(Cursor::number);
    }

    /** Where the page begins, as a person; null for the first page. */
    @Nullable
    UserId afterUserId() {
        return after(cursor -> UserId.stored(cursor.key())).orElse(null);
    }

    private <T> Optional<T> after(Function<Cursor, Optional<T>> reading) {
        String text = parameters.getFirst("next");
        if (text == null) {
            return Optional.empty();
        }
        Optional<T> key = Cursor.parse(text).flatMap(reading);
        if (key.isEmpty()) {
            throw RefusedException.invalid("next", "next is not a cursor that this service gave");
        }
        return key;
    }

    int limit() {
        String text = parameters.getFirst("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_LIMIT) {
            throw RefusedException.invalid("limit", "limit must be 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(text);
    }
}
