package dev.rollcall.openapi;

import dev.rollcall.openapi.ApiDocument.Operation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of responses as docs/calls.md shows them: an object is written out in braces, or named where several places have it.
 * A field with a question mark is not in each response.
 */
final class ResponseFields {

    private static final String REF = "$ref";
    private static final List<String> PAGE = List.of("items", "next");

    /** Fewer fields are written out wherever they are. */
    private static final int LEAST_FIELDS_OF_A_NAME = 3;

    private final ApiDocument document;
    private final JsonObject schemas;
    private final Map<String, Integer> places = new HashMap<>();

    ResponseFields(ApiDocument document) {
        this.document = document;
        this.schemas = document.json().getJsonObject("components").getJsonObject("schemas");
        document.operations().forEach(call -> count(body(call)));
    }

    /** A row for each call: the statuses of its success, and the fields or the kind of file. */
    String calls() {
        StringBuilder rows = new StringBuilder("| call | status | response |\n|---|---|---|\n");
        document.operations()
                .forEach(call -> rows.append("| `%s` | %s | %s |\n".formatted(call, statuses(call), response(call))));
        return rows.toString();
    }

    /** A row for each object that has a name. */
    String objects() {
        StringBuilder rows = new StringBuilder("| object | fields |\n|---|---|\n");
        new TreeSet<>(places.keySet())
                .stream()
                        .filter(this::isNamed)
                        .forEach(name ->
                                rows.append("| `%s` | `%s` |\n".formatted(name, object(schemas.getJsonObject(name)))));
        return rows.toString();
    }

    private String response(Operation call) {
        JsonObject schema = body(call);
        return schema.isEmpty() ? files(call) : "`" + fields(schema) + "`";
    }

    /** The statuses of success, and that of a report that the service can't serve. */
    private static String statuses(Operation call) {
        JsonObject responses = call.json().getJsonObject("responses");
        return responses.fieldNames().stream()
                .filter(status -> isSuccess(status) || hasJson(responses.getJsonObject(status)))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static boolean isSuccess(String status) {
        return status.startsWith("2") || status.startsWith("3");
    }

    private static boolean hasJson(JsonObject response) {
        return response.getJsonObject("content", new JsonObject()).containsKey(ApiDocument.JSON);
    }

    private static Stream<JsonObject> successes(Operation call) {
        JsonObject responses = call.json().getJsonObject("responses");
        return responses.fieldNames().stream()
                .filter(ResponseFields::isSuccess)
                .sorted(Comparator.naturalOrder())
                .map(responses::getJsonObject);
    }

    /** The schema of a call's response; an empty one where that is no JSON. */
    private static JsonObject body(Operation call) {
        return successes(call)
                .filter(ResponseFields::hasJson)
                .findFirst()
                .map(response -> response.getJsonObject("content")
                        .getJsonObject(ApiDocument.JSON)
                        .getJsonObject("schema"))
                .orElseGet(JsonObject::new);
    }

    private static String files(Operation call) {
        return successes(call)
                .flatMap(response -> response.getJsonObject("content", new JsonObject()).fieldNames().stream())
                .map(type -> "`" + type.replaceAll(";.*", "") + "`")
                .collect(Collectors.joining(" or "));
    }

    /** Counts the places that refer to each object, beginning at a schema. */
    private void count(JsonObject schema) {
        if (schema.containsKey(REF)) {
            String name = name(schema);
            if (places.merge(name, 1, Integer::sum) == 1) {
                count(schemas.getJsonObject(name));
            }
            return;
        }
        below(schema).forEach(this::count);
    }

    private static Stream<JsonObject> below(JsonObject schema) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        return Stream.of(
                        properties.fieldNames().stream().map(properties::getJsonObject),
                        schema.getJsonArray("anyOf", new JsonArray()).stream().map(JsonObject.class::cast),
                        Stream.ofNullable(schema.getJsonObject("items")))
                .flatMap(part -> part);
    }

    /** A schema's fields; empty for a plain value, whose kind is not shown. */
    private String fields(JsonObject schema) {
        if (schema.containsKey(REF)) {
            return isNamed(name(schema)) ? name(schema) : fields(schemas.getJsonObject(name(schema)));
        }
        if (schema.containsKey("properties")) {
            return object(schema);
        }
        String below = below(schema)
                .map(this::fields)
                .filter(part -> !part.isEmpty())
                .findFirst()
                .orElse("");
        return schema.containsKey("items") && !below.isEmpty() ? "[" + below + "]" : below;
    }

    private String object(JsonObject schema) {
        JsonObject properties = schema.getJsonObject("properties");
        JsonArray required = schema.getJsonArray("required", new JsonArray());
        return properties.fieldNames().stream()
                .map(name -> {
                    String below = fields(properties.getJsonObject(name));
                    return name + (required.contains(name) ? "" : "?") + (below.isEmpty() ? "" : ": " + below);
                })
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** Whether an object has a row of its own: several places have it, it is not small, and it is no page of a list. */
    private boolean isNamed(String name) {
        JsonObject properties = schemas.getJsonObject(name).getJsonObject("properties");
        return properties != null
                && properties.size() >= LEAST_FIELDS_OF_A_NAME
                && places.getOrDefault(name, 0) > 1
                && !properties.fieldNames().containsAll(PAGE);
    }

    private static String name(JsonObject reference) {
        String ref = reference.getString(REF);
        return ref.substring(ref.lastIndexOf('/') + 1);
    }
}
