package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that a function of the schema returned. Each field is read by its name and its type; one that is missing,
 * null where it must not be, or of another type is an {@link IllegalStateException} that names it and never its value.
 */
final class AnswerRow {

    private final String function;
    private final JsonNode json;

    private AnswerRow(String function, JsonNode json) {
        this.function = function;
        this.json = json;
    }

    /**
     * Reads an object.
     *
     * @param function the function that returned it
     */
    static AnswerRow of(String function, JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalStateException(function + " returned no object");
        }
        return new AnswerRow(function, json);
    }

    /** Reads a list of objects. */
    static List<AnswerRow> list(String function, JsonNode json) {
        if (!json.isArray()) {
            throw new IllegalStateException(function + " returned no list");
        }
        List<AnswerRow> rows = new ArrayList<>();
        json.forEach(row -> rows.add(of(function, row)));
        return rows;
    }

    boolean has(String name) {
        return json.has(name);
    }

    boolean isNull(String name) {
        return field(name).isNull();
    }

    String text(String name) {
        return checked(name, JsonNode::isTextual, "a text").textValue();
    }

    @Nullable
    String textOrNull(String name) {
        return isNull(name) ? null : text(name);
    }

    Instant instant(String name) {
        try {
            return OffsetDateTime.parse(text(name)).toInstant();
        } catch (DateTimeException e) {
            throw wrong(name, "no instant");
        }
    }

    @Nullable
    Instant instantOrNull(String name) {
        return isNull(name) ? null : instant(name);
    }

    LocalDate date(String name) {
        try {
            return LocalDate.parse(text(name));
        } catch (DateTimeException e) {
            throw wrong(name, "no date");
        }
    }

    int integer(String name) {
        return checked(name, value -> value.isIntegralNumber() && value.canConvertToInt(), "a whole number")
                .intValue();
    }

    long whole(String name) {
        return checked(name, value -> value.isIntegralNumber() && value.canConvertToLong(), "a whole number")
                .longValue();
    }

    @Nullable
    Long wholeOrNull(String name) {
        return isNull(name) ? null : (Long) whole(name);
    }

    double number(String name) {
        return checked(name, JsonNode::isNumber, "a number").doubleValue();
    }

    @Nullable
    Double numberOrNull(String name) {
        return isNull(name) ? null : (Double) number(name);
    }

    boolean flag(String name) {
        return checked(name, JsonNode::isBoolean, "true or false").booleanValue();
    }

    @Nullable
    Boolean flagOrNull(String name) {
        return isNull(name) ? null : (Boolean) flag(name);
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw wrong(name, "no " + type.getSimpleName());
    }

    AnswerRow object(String name) {
        return new AnswerRow(function, checked(name, JsonNode::isObject, "an object"));
    }

    @Nullable
    AnswerRow objectOrNull(String name) {
        return isNull(name) ? null : object(name);
    }

    /** A list of objects. */
    List<AnswerRow> list(String name) {
        return list(function + "'s " + name, checked(name, JsonNode::isArray, "a list"));
    }

    List<String> texts(String name) {
        return values(name, JsonNode::isTextual, "a text").stream()
                .map(JsonNode::textValue)
                .toList();
    }

    List<Boolean> flags(String name) {
        return values(name, JsonNode::isBoolean, "true or false").stream()
                .map(JsonNode::booleanValue)
                .toList();
    }

    List<Integer> integers(String name) {
        return values(name, value -> value.isIntegralNumber() && value.canConvertToInt(), "a whole number").stream()
                .map(JsonNode::intValue)
                .toList();
    }

    List<Long> wholes(String name) {
        return values(name, value -> value.isIntegralNumber() && value.canConvertToLong(), "a whole number").stream()
                .map(JsonNode::longValue)
                .toList();
    }

    private List<JsonNode> values(String name, Predicate<JsonNode> form, String described) {
        List<JsonNode> values = new ArrayList<>();
        for (JsonNode value : checked(name, JsonNode::isArray, "a list")) {
            if (!form.test(value)) {
                throw wrong(name, "no list in which each is " + described);
            }
            values.add(value);
        }
        return values;
    }

    /** The field as it is; it is there, and may be null. */
    JsonNode field(String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw wrong(name, "missing");
        }
        return value;
    }

    private JsonNode checked(String name, Predicate<JsonNode> form, String described) {
        JsonNode value = field(name);
        if (!form.test(value)) {
            throw wrong(name, "not " + described);
        }
        return value;
    }

    private IllegalStateException wrong(String name, String what) {
        return new IllegalStateException(function + " returned a row whose " + name + " is " + what);
    }
}
