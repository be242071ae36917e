package dev.rollcall.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.RouteTable;
import dev.rollcall.http.RouteTable.Route;
import dev.rollcall.http.api.Resources;
import dev.rollcall.http.problem.ProblemType;
import dev.rollcall.http.wire.FaceRequest;
import dev.rollcall.keys.Scope;
import dev.rollcall.openapi.ApiDocument.Operation;
import dev.rollcall.outcome.Code;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

    @ParameterizedTest
    @MethodSource("operations")
    void success_hasAnExampleThatIsValid(Operation operation) {
        List<String> successes = operation.json().getJsonObject("responses").fieldNames().stream()
                .filter(status -> status.startsWith("2"))
                .toList();
        assertThat(successes).hasSize(1);
        JsonObject content = operation
                .json()
                .getJsonObject("responses")
                .getJsonObject(successes.get(0))
                .getJsonObject("content");

        assertThat(content.fieldNames())
                .hasSize(1)
                .allSatisfy(type -> assertExampleIsValid(content.getJsonObject(type)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyBody_hasAnExampleThatIsValid(Operation operation) {
        if (operation.hasBody()) {
            JsonObject content = operation.json().getJsonObject("requestBody").getJsonObject("content");
            if (content.containsKey("application/zip")) {
                assertThat(content.getJsonObject("application/zip").getJsonObject("schema"))
                        .isEqualTo(new JsonObject().put("type", "string").put("format", "binary"));
                return;
            }
            assertThat(content.fieldNames())
                    .contains(ApiDocument.JSON)
                    .allSatisfy(type -> assertExampleIsValid(content.getJsonObject(type)));
        }
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
    void everyCode_hasAnExample() {
        JsonObject shared = document.json().getJsonObject("components").getJsonObject("responses");
        Stream<JsonObject> responses = Stream.concat(
                document.operations().stream()
                        .map(operation -> operation.json().getJsonObject("responses"))
                        .flatMap(byStatus -> byStatus.fieldNames().stream().map(byStatus::getJsonObject)),
                shared.fieldNames().stream().map(shared::getJsonObject));

        assertThat(responses.flatMap(response -> ApiDocument.problemExamples(response).fieldNames().stream()))
                .containsAll(Arrays.stream(Code.values()).map(Code::name).toList());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void examplesOfProblems_areValidAndOfTheirStatus(Operation operation) {
        JsonObject responses = operation.json().getJsonObject("responses");
        for (String status : responses.fieldNames()) {
            JsonObject examples = ApiDocument.problemExamples(responses.getJsonObject(status));
            for (String code : examples.fieldNames()) {
                JsonObject problem = examples.getJsonObject(code).getJsonObject("value");
                assertThat(document.faults(schema("Problem"), problem)).isEmpty();
                assertThat(problem.getString("code")).isEqualTo(code);
                assertThat(problem.getInteger("status")).hasToString(status);
                assertThat(problem.getString("message")).isNotBlank().doesNotContain("{");
            }
        }
    }

    @Test
    void fieldsOfPictures_areThoseThatAreRead() throws Exception {
        Field texts = FaceRequest.class.getDeclaredField("TEXTS");
        texts.setAccessible(true);
        Set<String> read = new TreeSet<>(List.of("image", "images", "position"));
        for (Object text : (Set<?>) texts.get(null)) {
            read.add((String) text);
        }

        Set<String> described = new TreeSet<>();
        for (String call : List.of("Enroll", "Recognize", "Identify")) {
            assertThat(withPosition(document.fields(call + "Form")))
                    .containsExactlyElementsOf(document.fields(call + "Request"));
            described.addAll(document.fields(call + "Request"));
        }
        assertThat(described).isEqualTo(read);
        assertThat(document.fields("RecognizeRequest"))
                .containsExactly(
                        "captured_at", "challenge_token", "direction", "image", "images", "position", "user_id");
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

    @Test
    void validation_findsWhatIsMissingRenamedOrOfAWrongForm() {
        JsonObject mark = example("listAttendance").getJsonArray("items").getJsonObject(0);
        assertThat(document.faults(schema("Mark"), mark)).isEmpty();

        assertThat(document.faults(schema("Mark"), mark.copy().put("direction", "up")))
                .isNotEmpty();
        assertThat(document.faults(schema("Mark"), mark.copy().put("more", 1))).isNotEmpty();
        assertThat(document.faults(schema("Mark"), mark.copy().put("marked_at", "today")))
                .isNotEmpty();
        assertThat(document.faults(schema("Mark"), mark.copy().put("number", "1")))
                .isNotEmpty();
        JsonObject without = mark.copy();
        without.remove("work_date");
        assertThat(document.faults(schema("Mark"), without)).isNotEmpty();
    }

    private static void assertExampleIsValid(JsonObject content) {
        assertThat(content.getValue("example")).isNotNull();
        assertThat(document.faults(content.getJsonObject("schema"), content.getValue("example")))
                .isEmpty();
    }

    /** A property's own description, or that of the schema to which it refers. */
    private static String description(JsonObject schemas, JsonObject property) {
        String ref = property.getString("$ref", "");
        JsonObject referred = schemas.getJsonObject(ref.substring(ref.lastIndexOf('/') + 1), new JsonObject());
        return property.getString("description", referred.getString("description", ""));
    }

    private static JsonObject example(String operationId) {
        return document.operation(operationId)
                .response(200)
                .getJsonObject("content")
                .getJsonObject(ApiDocument.JSON)
                .getJsonObject("example");
    }

    private static JsonObject schema(String name) {
        return new JsonObject().put("$ref", "#/components/schemas/" + name);
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
