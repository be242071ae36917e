package dev.rollcall.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.RouteTable;
import dev.rollcall.http.RouteTable.Route;
import dev.rollcall.http.api.Resources;
import dev.rollcall.http.problem.ProblemType;
import dev.rollcall.http.wire.FaceFields;
import dev.rollcall.keys.Scope;
import dev.rollcall.openapi.ApiDocument.Operation;
import dev.rollcall.outcome.Code;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The OpenAPI document against OpenAPI's own schema, the routes, the codes and what bodies are read for. */
class ApiDocumentTest {

    /** The document itself and the page that shows it. */
    private static final Set<String> UNDESCRIBED = Set.of(
            "GET /",
            "GET /admin",
            "GET /kiosk",
            "GET /me",
            "GET /trust",
            "GET /trust/{file}",
            "GET /trust/qr/{host}",
            "GET /web/{folder}/{file}",
            "GET /openapi.json",
            "GET /docs",
            "GET /docs/{file}");

    private static ApiDocument document;

    @BeforeAll
    static void read() throws Exception {
        document = ApiDocument.read();
    }

    static List<Operation> operations() throws Exception {
        return ApiDocument.read().operations();
    }

    static List<Route> describedRoutes() {
        return RouteTable.of(Resources.ALL).routes().stream()
                .filter(route -> !UNDESCRIBED.contains(name(route)))
                .toList();
    }

    @Test
    void document_isValidOpenApi31() throws Exception {
        assertThat(document.json().getString("openapi")).startsWith("3.1.");
        assertThat(validated(document.json()).getValid()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"info", "openapi"})
    void documentWithoutWhatMustBeThere_isNotValid(String member) throws Exception {
        JsonObject damaged = document.json();
        damaged.remove(member);

        assertThat(validated(damaged).getValid()).isFalse();
    }

    @Test
    void documentWithUnknownPlaceOfParameter_isNotValid() throws Exception {
        JsonObject damaged = document.json();
        damaged.getJsonObject("paths")
                .getJsonObject("/v1/people")
                .getJsonObject("get")
                .getJsonArray("parameters")
                .getJsonObject(0)
                .put("in", "body");

        assertThat(validated(damaged).getValid()).isFalse();
    }

    @Test
    void everyRoute_isDescribedAndNothingElse() {
        assertThat(document.operations().stream().map(Operation::toString))
                .containsExactlyInAnyOrderElementsOf(
                        describedRoutes().stream().map(ApiDocumentTest::name).toList());
    }

    @Test
    void routesThatAreNotDescribed_exist() {
        assertThat(RouteTable.of(Resources.ALL).routes().stream().map(ApiDocumentTest::name))
                .containsAll(UNDESCRIBED);
    }

    @Test
    void operationIds_areThereAndDiffer() {
        assertThat(document.operations().stream().map(Operation::id))
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("describedRoutes")
    void scopesAndRefusalsOfACall_areDescribed(Route route) {
        Operation operation = operation(route);

        assertThat(operation.scopes())
                .containsExactlyElementsOf(
                        Arrays.stream(route.call().scopes()).map(Scope::text).toList());
        for (Code code : route.call().refuses()) {
            assertThat(operation.codes(ProblemType.of(code).status())).contains(code.name());
        }
    }

    @ParameterizedTest
    @MethodSource("describedRoutes")
    void queryParametersOfACall_areDescribedAndNoOthers(Route route) {
        assertThat(operation(route).json().getJsonArray("parameters", new JsonArray()).stream()
                        .map(JsonObject.class::cast)
                        .filter(parameter -> parameter.getString("in").equals("query"))
                        .map(parameter -> parameter.getString("name")))
                .containsExactlyInAnyOrderElementsOf(route.queryParameters());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_hasSummaryTagAndDescribedParameters(Operation operation) {
        assertThat(operation.json().getString("summary")).isNotBlank();
        assertThat(operation.json().getJsonArray("tags")).hasSize(1);
        assertThat(operation.json().getJsonArray("parameters", new JsonArray()))
                .allSatisfy(parameter -> assertThat(((JsonObject) parameter).getString("description"))
                        .isNotBlank());
    }

    @Test
    void filterOfMarks_takesEverySource() {
        JsonArray sources = document.json()
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject("MarkSource")
                .getJsonArray("enum");

        assertThat(document.operation("listAttendance").json().getJsonArray("parameters").stream()
                        .map(JsonObject.class::cast)
                        .filter(parameter -> parameter.getString("name").equals("source")))
                .singleElement()
                .satisfies(source -> assertThat(source.getJsonObject("schema").getJsonArray("enum"))
                        .containsExactlyInAnyOrderElementsOf(sources));
    }

    @Test
    void everySchemaAndPropertyOfASchema_isDescribed() {
        JsonObject schemas = document.json().getJsonObject("components").getJsonObject("schemas");
        assertThat(schemas.fieldNames()).isNotEmpty().allSatisfy(name -> {
            JsonObject schema = schemas.getJsonObject(name);
            assertThat(schema.getString("description")).isNotBlank();
            JsonObject properties = schema.getJsonObject("properties", new JsonObject());
            assertThat(properties.fieldNames())
                    .allSatisfy(field -> assertThat(description(schemas, properties.getJsonObject(field)))
                            .as(name + "." + field)
                            .isNotBlank());
        });
    }

    @Test
    void fieldsOfPictures_areThoseThatAreRead() {
        Map<String, FaceFields> calls =
                Map.of("Enroll", FaceFields.ENROLL, "Recognize", FaceFields.RECOGNIZE, "Identify", FaceFields.IDENTIFY);
        calls.forEach((call, fields) -> {
            Set<String> read = withPosition(fields.names());
            read.addAll(List.of("image", "images"));
            assertThat(withPosition(document.fields(call + "Form")))
                    .containsExactlyElementsOf(document.fields(call + "Request"))
                    .isEqualTo(read);
        });
        assertThat(document.fields("RecognizeRequest"))
                .containsExactly(
                        "badge",
                        "captured_at",
                        "challenge_token",
                        "direction",
                        "image",
                        "images",
                        "position",
                        "user_id");
        assertThat(document.fields("IdentifyRequest"))
                .containsExactly("captured_at", "challenge_token", "direction", "image", "images", "mark", "position");
    }

    /** The fields of a form as those of an object: a form has the numbers of a position as fields of their own. */
    private static Set<String> withPosition(Iterable<String> form) {
        Set<String> fields = new TreeSet<>();
        form.forEach(field ->
                fields.add(Set.of("latitude", "longitude", "accuracy_m").contains(field) ? "position" : field));
        return fields;
    }

    /** A property's own description, or that of the schema to which it refers. */
    private static String description(JsonObject schemas, JsonObject property) {
        String ref = property.getString("$ref", "");
        JsonObject referred = schemas.getJsonObject(ref.substring(ref.lastIndexOf('/') + 1), new JsonObject());
        return property.getString("description", referred.getString("description", ""));
    }

    private static Operation operation(Route route) {
        return document.operations().stream()
                .filter(operation -> operation.toString().equals(name(route)))
                .findFirst()
                .orElseThrow();
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }

    private static OutputUnit validated(JsonObject json) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            return OpenAPIVersion.V3_1
                    .getRepository(vertx, "https://rollcall.test/")
                    .compose(repository -> OpenAPIVersion.V3_1.validateContract(vertx, repository, json))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }
}
