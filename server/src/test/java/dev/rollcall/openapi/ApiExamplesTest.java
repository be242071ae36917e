package dev.rollcall.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.openapi.ApiDocument.Operation;
import dev.rollcall.outcome.Code;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the OpenAPI document against its schemas. */
class ApiExamplesTest {

    private static final Set<String> FILES = Set.of(
            "application/pdf",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/zip",
            "text/calendar",
            "text/calendar;charset=UTF-8",
            "text/csv;charset=UTF-8",
            "text/plain;charset=UTF-8");

    private static ApiDocument document;

    @BeforeAll
    static void read() throws Exception {
        document = ApiDocument.read();
    }

    static List<Operation> operations() throws Exception {
        return ApiDocument.read().operations();
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

        assertThat(content.fieldNames()).isNotEmpty().allSatisfy(type -> assertIsDescribed(type, content));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyBody_hasAnExampleThatIsValid(Operation operation) {
        if (operation.hasBody()) {
            JsonObject content = operation.json().getJsonObject("requestBody").getJsonObject("content");
            assertThat(content.fieldNames()).isNotEmpty().allSatisfy(type -> assertIsDescribed(type, content));
        }
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

    /** A file, such as a table or a calendar, needs no example but a schema of text or of bytes; everything else has an example. */
    private static void assertIsDescribed(String type, JsonObject content) {
        JsonObject described = content.getJsonObject(type);
        if (FILES.contains(type)) {
            assertThat(described.getJsonObject("schema").getString("type")).isEqualTo("string");
            assertThat(described.getJsonObject("schema").getString("format"))
                    .isEqualTo(type.startsWith("text/") ? null : "binary");
        } else {
            assertExampleIsValid(described);
        }
    }

    private static void assertExampleIsValid(JsonObject content) {
        assertThat(content.getValue("example")).isNotNull();
        assertThat(document.faults(content.getJsonObject("schema"), content.getValue("example")))
                .isEmpty();
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
}
