package dev.rollcall.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.sites.Position;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A small body in JSON with known fields: one object, in which a field with another name is refused, since a misspelt one would
 * otherwise count as absent. The methods throw {@link RefusedException} when a field is missing or invalid.
 */
public final class JsonBody {

    private final ObjectNode json;

    private JsonBody(ObjectNode json, Set<String> fields) {
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!fields.contains(field.getKey())) {
                throw Fields.unknown(field.getKey());
            }
        }
        this.json = json;
    }

    /**
     * Reads a body.
     *
     * @param length the header's Content-Length, or −1; a hint, not trusted
     * @param fields the names that it may have
     */
    public static JsonBody read(InputStream body, long length, Set<String> fields) {
        return new JsonBody(SmallJson.read(body, length), fields);
    }

    /** Reads a body that may also be empty, which counts as an object without fields. */
    public static JsonBody readIfAny(InputStream body, long length, Set<String> fields) {
        return new JsonBody(SmallJson.readIfAny(body, length), fields);
    }

    /** The value of a field, which may be JSON's null; null if the field is absent. */
    public @Nullable JsonNode value(String field) {
        return json.get(field);
    }

    /** The position in the field {@code position}; null if it is absent or null. */
    public @Nullable Position position() {
        JsonNode value = json.path(PositionFields.POSITION);
        return value.isMissingNode() || value.isNull() ? null : PositionFields.position(value);
    }

    public boolean has(String field) {
        return json.has(field);
    }

    /** The text of a field; null if it is absent or null. */
    public @Nullable String text(String field) {
        JsonNode value = json.path(field);
        return value.isMissingNode() || value.isNull() ? null : text(field, value);
    }

    /** The text of a field that must be there. */
    public String required(String field) {
        String text = text(field);
        if (text == null) {
            throw RefusedException.invalid(field, field + " is missing");
        }
        return text;
    }

    public static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw RefusedException.invalid(field, field + " must be a string");
        }
        return value.textValue();
    }

    public static boolean flag(String field, JsonNode value) {
        if (!value.isBoolean()) {
            throw RefusedException.invalid(field, field + " must be true or false");
        }
        return value.booleanValue();
    }
}
