package dev.rollcall.openapi;

import dev.rollcall.openapi.ApiDocument.Operation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/calls.md, written from the OpenAPI document: what each call needs and responds, how it may refuse, and each code. */
final class CallsPage {

    private static final String HEAD = """
        # Every call: what it needs, responds and refuses

        ```sh
        curl -s localhost:8000/openapi.json     # the same for programs
        ```

        A test writes this page from the OpenAPI document, and fails while it differs. What the calls do, and what their fields mean: [the API](api.md).

        ## Calls

        Which codes a call may refuse with: those of its row, and those of each kind to which it belongs.

        %s
        Required are fields of the JSON body or of the form, and query parameters; the others, and headers, may be there. `GET /v1/attendance/days` and
        `GET /v1/exports/days` need `date`, or `from` and `to`.

        """;

    private static final String RESPONSES = """

        ## Responses

        The fields of each successful response. A name with a capital is an object of the [table below](#objects); a list has brackets. A field with a question
        mark is not always there: `total` only with `total=true`. 304 is the response to an `If-None-Match` that still holds, without a body.

        """;

    private static final String OBJECTS = """

        ## Objects

        """;

    private static final String CODES = """

        ## Codes

        Each refusal has `type`, `title`, `status`, `code`, `detail` and `message`. The fourth column has further members: those of the examples in the OpenAPI
        document. When each one comes, and which members it has in which case: [refusals](refusals.md).

        """;

    /** The members that every problem has. */
    private static final Set<String> ALWAYS = Set.of("type", "title", "status", "code", "detail", "message");

    /** Of these fields a body needs one. */
    private static final List<List<String>> ONE_OF = List.of(List.of("user_id", "badge"), List.of("image", "images"));

    private final ApiDocument document;

    CallsPage(ApiDocument document) {
        this.document = document;
    }

    String text() {
        List<Kind> kinds = kinds();
        StringBuilder page = new StringBuilder(HEAD.formatted(described(kinds)));
        page.append("| call | scope | required | may be there | codes |\n|---|---|---|---|---|\n");
        for (Operation call : document.operations()) {
            Set<String> codes = new TreeSet<>(refusals(call).keySet());
            kinds.stream().filter(kind -> kind.calls().test(call)).forEach(kind -> codes.removeAll(kind.codes()));
            page.append("| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            call,
                            quoted(call.scopes()),
                            required(call),
                            quoted(optional(call)),
                            codes.isEmpty() ? "–" : String.join(", ", codes)));
        }
        ResponseFields responses = new ResponseFields(document);
        return page + RESPONSES + responses.calls() + OBJECTS + responses.objects() + CODES + codes();
    }

    /** A kind of calls, and the codes with which each of them may refuse. */
    private record Kind(String name, Predicate<Operation> calls, Set<String> codes) {}

    private List<Kind> kinds() {
        Predicate<Operation> scope = call -> !call.scopes().isEmpty();
        return List.of(
                kind("every call", call -> true),
                kind("every call with a scope", scope),
                kind("every call with a scope, other than GET", scope.and(call -> !call.method()
                        .equals("GET"))),
                kind("every call with a body", Operation::hasBody));
    }

    private Kind kind(String name, Predicate<Operation> calls) {
        Set<String> codes = new TreeSet<>();
        List<Operation> ofKind = document.operations().stream().filter(calls).toList();
        ofKind.forEach(call -> codes.addAll(refusals(call).keySet()));
        ofKind.forEach(call -> codes.retainAll(refusals(call).keySet()));
        return new Kind(name, calls, codes);
    }

    /** The kinds as rows of a table, each with what it has beyond those before it. */
    private static String described(List<Kind> kinds) {
        StringBuilder rows = new StringBuilder("| kind | codes |\n|---|---|\n");
        Set<String> before = new TreeSet<>();
        for (Kind kind : kinds) {
            Set<String> codes = new TreeSet<>(kind.codes());
            codes.removeAll(before);
            before.addAll(codes);
            rows.append("| %s | %s |\n".formatted(kind.name(), String.join(", ", codes)));
        }
        return rows.toString();
    }

    private String codes() {
        Map<String, JsonObject> examples = new TreeMap<>();
        Map<String, Set<String>> members = new TreeMap<>();
        Stream.concat(document.operations().stream().map(CallsPage::refusals), Stream.of(ofNoCall()))
                .forEach(refusals -> refusals.forEach((code, problem) -> {
                    examples.put(code, problem);
                    members.computeIfAbsent(code, name -> new TreeSet<>()).addAll(problem.fieldNames());
                }));
        StringBuilder rows = new StringBuilder("| code | status | title | further members |\n|---|---|---|---|\n");
        examples.forEach((code, problem) -> {
            members.get(code).removeAll(ALWAYS);
            rows.append("| %s | %d | %s | %s |\n"
                    .formatted(
                            code, problem.getInteger("status"), problem.getString("title"), quoted(members.get(code))));
        });
        return rows.toString();
    }

    /** The examples of a call's refusals by code. */
    private static Map<String, JsonObject> refusals(Operation call) {
        Map<String, JsonObject> refusals = new TreeMap<>();
        JsonObject responses = call.json().getJsonObject("responses");
        for (String status : responses.fieldNames()) {
            add(refusals, responses.getJsonObject(status));
        }
        return refusals;
    }

    private Map<String, JsonObject> ofNoCall() {
        Map<String, JsonObject> refusals = new TreeMap<>();
        JsonObject responses = document.json().getJsonObject("components").getJsonObject("responses");
        responses.fieldNames().forEach(name -> add(refusals, responses.getJsonObject(name)));
        return refusals;
    }

    private static void add(Map<String, JsonObject> refusals, JsonObject response) {
        JsonObject examples = ApiDocument.problemExamples(response);
        examples.fieldNames()
                .forEach(code -> refusals.put(code, examples.getJsonObject(code).getJsonObject("value")));
    }

    private String required(Operation call) {
        List<String> fields = body(call).getJsonArray("required", new JsonArray()).stream()
                .map(name -> "`" + name + "`")
                .collect(Collectors.toCollection(ArrayList::new));
        ONE_OF.stream()
                .filter(names -> properties(call).containsAll(names))
                .map(names -> "`" + String.join("` or `", names) + "`")
                .forEach(fields::add);
        parameters(call)
                .filter(CallsPage::isRequired)
                .map(parameter -> "`" + parameter.getString("name") + "`")
                .forEach(fields::add);
        return fields.isEmpty() ? "–" : String.join(", ", fields);
    }

    private Set<String> optional(Operation call) {
        Set<String> fields = new TreeSet<>(properties(call));
        body(call).getJsonArray("required", new JsonArray()).forEach(fields::remove);
        ONE_OF.stream().filter(fields::containsAll).toList().forEach(names -> names.forEach(fields::remove));
        parameters(call)
                .filter(parameter -> !isRequired(parameter))
                .map(parameter -> parameter.getString("name"))
                .forEach(fields::add);
        return fields;
    }

    /** The query parameters and headers. */
    private static Stream<JsonObject> parameters(Operation call) {
        return call.json().getJsonArray("parameters", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .filter(parameter -> !parameter.getString("in").equals("path"));
    }

    private static boolean isRequired(JsonObject parameter) {
        return parameter.getBoolean("required", false);
    }

    private Set<String> properties(Operation call) {
        return new TreeSet<>(
                body(call).getJsonObject("properties", new JsonObject()).fieldNames());
    }

    /** The schema of a call's JSON body; an empty one for a call without. */
    private JsonObject body(Operation call) {
        JsonObject schema = call.json()
                .getJsonObject("requestBody", new JsonObject())
                .getJsonObject("content", new JsonObject())
                .getJsonObject(ApiDocument.JSON, new JsonObject())
                .getJsonObject("schema", new JsonObject());
        String ref = schema.getString("$ref", "");
        return ref.isEmpty()
                ? schema
                : document.json()
                        .getJsonObject("components")
                        .getJsonObject("schemas")
                        .getJsonObject(ref.substring(ref.lastIndexOf('/') + 1));
    }

    private static String quoted(Collection<String> names) {
        return names.isEmpty() ? "–" : "`" + String.join("`, `", names) + "`";
    }
}
