package dev.rollcall.openapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI document that the program carries, and the validation of values by its schemas. */
public final class ApiDocument {

    public static final String JSON = "application/json";
    public static final String PROBLEM = "application/problem+json";

    private static final String RESOURCE = "/docs/openapi.json";

    private final JsonObject json;
    private final JsonObject strictComponents;

    private ApiDocument(JsonObject json) {
        this.json = json;
        this.strictComponents = strict(json.getJsonObject("components").copy());
    }

    /** One described call. */
    public record Operation(String method, String path, JsonObject json) {

        public String id() {
            return json.getString("operationId", "");
        }

        /** The response of a status, without references; null if that status is not described. */
        public JsonObject response(int status) {
            return json.getJsonObject("responses").getJsonObject(Integer.toString(status));
        }

        /** The codes that are described for a status. */
        public Set<String> codes(int status) {
            JsonObject response = response(status);
            return response == null ? Set.of() : problemExamples(response).fieldNames();
        }

        /** The example of a problem with a code, as a response has it. */
        public JsonObject problemExample(int status, String code) {
            return problemExamples(response(status)).getJsonObject(code).getJsonObject("value");
        }

        /** The scopes that open the call; empty if it needs no key. */
        public List<String> scopes() {
            List<String> scopes = new ArrayList<>();
            for (Object requirement : json.getJsonArray("security")) {
                ((JsonObject) requirement)
                        .getJsonArray("apiKey", new JsonArray())
                        .forEach(name -> scopes.add((String) name));
            }
            return scopes;
        }

        public boolean hasParameter(String name) {
            return json.getJsonArray("parameters", new JsonArray()).stream()
                    .anyMatch(parameter -> name.equals(((JsonObject) parameter).getString("name")));
        }

        public boolean hasBody() {
            return json.containsKey("requestBody");
        }

        /** Whether the body is JSON. */
        public boolean takesJson() {
            return hasBody()
                    && json.getJsonObject("requestBody")
                            .getJsonObject("content")
                            .containsKey(JSON);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** Reads the document from the class path. */
    public static ApiDocument read() throws IOException {
        try (InputStream in = ApiDocument.class.getResourceAsStream(RESOURCE)) {
            return new ApiDocument(
                    new JsonObject(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    /** A copy of the whole document. */
    public JsonObject json() {
        return json.copy();
    }

    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        JsonObject paths = json.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject methods = paths.getJsonObject(path);
            for (String method : methods.fieldNames()) {
                operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, methods.getJsonObject(method)));
            }
        }
        return operations;
    }

    public Operation operation(String id) {
        return operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The names of a schema's fields. */
    public Set<String> fields(String schema) {
        return new TreeSet<>(json.getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject(schema)
                .getJsonObject("properties")
                .fieldNames());
    }

    /** The examples of problems in a response by code. */
    public static JsonObject problemExamples(JsonObject response) {
        return response.getJsonObject("content", new JsonObject())
                .getJsonObject(PROBLEM, new JsonObject())
                .getJsonObject("examples", new JsonObject());
    }

    /**
     * What is wrong with a value, as a text that is empty for a valid one. A field that the schema doesn't name is wrong,
     * too, though the document allows such fields to come later.
     */
    public String faults(JsonObject schema, Object value) {
        JsonObject whole =
                schema.copy().put("$schema", Draft.DRAFT202012.getIdentifier()).put("components", strictComponents);
        OutputUnit result = Validator.create(
                        JsonSchema.of(whole),
                        new JsonSchemaOptions()
                                .setBaseUri("https://rollcall.test/")
                                .setDraft(Draft.DRAFT202012)
                                .setOutputFormat(OutputFormat.Basic))
                .validate(value);
        return Boolean.TRUE.equals(result.getValid())
                ? ""
                : value + " is not valid: " + (result.getErrors() == null ? "" : result.toJson());
    }

    private static JsonObject strict(JsonObject components) {
        JsonObject schemas = components.getJsonObject("schemas");
        for (String name : schemas.fieldNames()) {
            JsonObject schema = schemas.getJsonObject(name);
            if (schema.containsKey("properties") && !name.equals("Problem")) {
                schema.put("additionalProperties", false);
            }
        }
        return components;
    }
}
