package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.openapi.ApiDocument;
import dev.rollcall.openapi.ApiDocument.Operation;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the running service answers each call as the OpenAPI document describes it, in success and in refusal. */
class OpenApiIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int CLIENT_ERROR = 400;

    @TempDir
    static Path folder;

    private static ApiDocument document;
    private static RunningService service;
    private static Map<String, String> keys;

    @BeforeAll
    static void start() throws Exception {
        document = ApiDocument.read();
        service = RunningService.start(
                folder, Map.of("API_KEY", RunningService.KEY, "MAX_ATTENDANCE_PER_DAY", "1", "MAX_IMAGE_MB", "1"));
        keys = new LinkedHashMap<>();
        for (String scope : List.of("read", "recognize")) {
            keys.put(
                    scope,
                    service.postJson("/v1/keys", Map.of("name", scope, "scopes", List.of(scope)))
                            .body()
                            .path("key")
                            .asText());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    static List<Operation> operations() throws Exception {
        return ApiDocument.read().operations();
    }

    static List<Operation> operationsWithKey() throws Exception {
        return operations().stream()
                .filter(operation -> !operation.scopes().isEmpty())
                .toList();
    }

    static List<Operation> operationsOfOnePerson() throws Exception {
        return operations().stream()
                .filter(operation -> operation.path().contains("{"))
                .toList();
    }

    @Test
    void everyCall_succeedsAsDescribed() throws Exception {
        Set<String> made = new TreeSet<>();
        made.add(success("health", "/health", null));
        made.add(success("live", "/health/live", null));
        made.add(success("enroll", "/enroll", enrollment("geronimo")));
        made.add(success("recognize", "/recognize", claim("geronimo", "geronimo")));
        made.add(success("listPeople", "/v1/people", null));
        made.add(success("readPerson", "/v1/people/geronimo", null));
        made.add(success("listAttendance", "/v1/attendance?from=2020-01-01&to=2100-01-01", null));
        made.add(success("exportPerson", "/v1/people/geronimo/export", null));
        made.add(success("createKey", "/v1/keys", example("createKey")));
        made.add(success("listKeys", "/v1/keys", null));
        String id = service.get("/v1/keys").body().path("items").findValuesAsText("id").stream()
                .reduce((first, last) -> last)
                .orElseThrow();
        made.add(success("revokeKey", "/v1/keys/" + id, null));
        made.add(success("listAuditLog", "/v1/audit?from=2020-01-01T00:00:00Z", null));
        made.add(success("metrics", "/metrics", null));
        made.add(success("erasePerson", "/v1/people/geronimo", null));

        assertThat(made)
                .containsExactlyElementsOf(new TreeSet<>(
                        document.operations().stream().map(Operation::id).toList()));
    }

    @Test
    void enrollmentByForm_isTakenWithTheDescribedFields() throws Exception {
        assertThat(document.fields("RecognizeForm")).containsExactly("image", "user_id");
        service.enroll("form", Pictures.portrait("william"));

        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(service.address().resolve("/recognize"))
                        .header("X-API-Key", RunningService.KEY)
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                RunningService.form("form", Pictures.portrait("william"))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertIsDescribed(document.operation("recognize"), answer);
    }

    @ParameterizedTest
    @MethodSource("operationsWithKey")
    void callWithoutKey_isRefusedAsDescribed(Operation operation) throws Exception {
        assertRefused(operation, "UNAUTHORIZED", send(operation, address(operation), "{}", "wrong"));
    }

    @ParameterizedTest
    @MethodSource("operationsWithKey")
    void callWithAKeyOfAnotherScope_isRefusedAsDescribed(Operation operation) throws Exception {
        String key = operation.scopes().contains("read") ? keys.get("recognize") : keys.get("read");

        assertRefused(operation, "FORBIDDEN", send(operation, address(operation), "{}", key));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void inputThatIsNotValid_isRefusedAsDescribed(Operation operation) throws Exception {
        if (operation.hasBody()) {
            assertRefused(operation, "INVALID_REQUEST", send(operation, operation.path(), "{", RunningService.KEY));
        }
        for (String parameter : List.of("limit", "next", "from", "to", "user_id")) {
            if (operation.hasParameter(parameter) && !operation.path().contains("{")) {
                HttpResponse<String> answer =
                        send(operation, operation.path() + "?" + parameter + "=%24", null, RunningService.KEY);
                assertRefused(operation, "INVALID_REQUEST", answer);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operationsOfOnePerson")
    void unknownId_isRefusedAsDescribed(Operation operation) throws Exception {
        HttpResponse<String> answer = send(operation, address(operation), null, RunningService.KEY);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertIsDescribed(operation, answer);
    }

    @Test
    void picturesThatAreRefused_areRefusedAsDescribed() throws Exception {
        for (String operationId : List.of("enroll", "recognize")) {
            service.enroll("refused", Pictures.portrait("manuel"));
            Operation operation = document.operation(operationId);
            assertRefused(
                    operation, "INVALID_IMAGE", picture(operation, "no picture".getBytes(StandardCharsets.UTF_8)));
            assertRefused(operation, "UNSUPPORTED_IMAGE", picture(operation, gif()));
            assertRefused(operation, "NO_FACE", picture(operation, Pictures.withoutFace()));
            assertRefused(operation, "MULTIPLE_FACES", picture(operation, Pictures.twoPeople()));
            assertRefused(operation, "LOW_QUALITY", picture(operation, Pictures.tinyFace()));
            assertRefused(operation, "PAYLOAD_TOO_LARGE", picture(operation, new byte[3 << 20]));
        }
    }

    @Test
    void marksAndTemplatesThatAreRefused_areRefusedAsDescribed() throws Exception {
        Operation recognize = document.operation("recognize");
        Operation enroll = document.operation("enroll");
        service.enroll("astronaut", Pictures.portrait("astronaut"));
        service.recognize("astronaut", Pictures.portrait("astronaut"));

        assertRefused(
                recognize,
                "DAILY_LIMIT_REACHED",
                send(recognize, "/recognize", claim("astronaut", "astronaut"), RunningService.KEY));
        assertRefused(
                recognize,
                "NOT_MATCHED",
                send(recognize, "/recognize", claim("astronaut", "manuel"), RunningService.KEY));
        assertRefused(
                recognize,
                "NOT_ENROLLED",
                send(recognize, "/recognize", claim("nobody", "manuel"), RunningService.KEY));
        assertRefused(
                enroll,
                "DUPLICATE_FACE",
                send(enroll, "/enroll", enrollment("second", Pictures.portrait("astronaut")), RunningService.KEY));
        assertRefused(
                enroll,
                "FACE_MISMATCH",
                send(enroll, "/enroll", enrollment("astronaut", Pictures.portrait("geronimo")), RunningService.KEY));
    }

    /** Makes a call that succeeds; answers its operation's id. */
    private static String success(String operationId, String path, String body) throws Exception {
        Operation operation = document.operation(operationId);
        HttpResponse<String> answer = send(operation, path, body, RunningService.KEY);
        assertThat(answer.statusCode()).as(operation + " " + answer.body()).isLessThan(300);
        assertIsDescribed(operation, answer);
        return operationId;
    }

    private static void assertRefused(Operation operation, String code, HttpResponse<String> answer) {
        assertIsDescribed(operation, answer);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo(code);
    }

    /** Status, media type, headers, code and body are among those that the document has for the call. */
    private static void assertIsDescribed(Operation operation, HttpResponse<String> answer) {
        String told = operation + ": " + answer.statusCode() + " " + answer.body();
        JsonObject response = operation.response(answer.statusCode());
        assertThat(response).as(told).isNotNull();
        String type = answer.headers().firstValue("Content-Type").orElseThrow();
        JsonObject content = content(response.getJsonObject("content"), type);
        assertThat(content).as(told + " as " + type).isNotNull();
        assertThat(answer.headers().firstValue("X-Request-Id")).as(told).isPresent();
        Object value = type.contains("json") ? new JsonObject(answer.body()) : answer.body();
        assertThat(document.faults(content.getJsonObject("schema"), value))
                .as(told)
                .isEmpty();
        if (answer.statusCode() >= CLIENT_ERROR) {
            assertThat(operation.codes(answer.statusCode())).as(told).contains(((JsonObject) value).getString("code"));
        }
    }

    /** The described content of a media type, whatever the order of its parameters; null if there is none. */
    private static @Nullable JsonObject content(JsonObject described, String type) {
        Set<String> parts = mediaType(type);
        return described.fieldNames().stream()
                .filter(name -> parts.containsAll(mediaType(name)))
                .findFirst()
                .map(described::getJsonObject)
                .orElse(null);
    }

    private static Set<String> mediaType(String text) {
        return Set.of(text.toLowerCase(Locale.ROOT).split("; *"));
    }

    private static String address(Operation operation) {
        return operation.path().replaceAll("\\{[a-z_]+}", "unknown");
    }

    private static HttpResponse<String> picture(Operation operation, byte[] picture) throws Exception {
        return send(operation, operation.path(), enrollment("refused", picture), RunningService.KEY);
    }

    private static HttpResponse<String> send(Operation operation, String path, String body, String key)
            throws Exception {
        HttpRequest.BodyPublisher sent = body == null || !operation.hasBody()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("X-API-Key", key)
                .method(operation.method(), sent);
        if (operation.hasBody()) {
            request.header("Content-Type", ApiDocument.JSON);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The document's own example of a call's body. */
    private static String example(String operationId) {
        return body(operationId).encode();
    }

    private static JsonObject body(String operationId) {
        return document.operation(operationId)
                .json()
                .getJsonObject("requestBody")
                .getJsonObject("content")
                .getJsonObject(ApiDocument.JSON)
                .getJsonObject("example")
                .copy();
    }

    /** The document's example with every field, of another person and with a real picture. */
    private static String enrollment(String person) throws Exception {
        return enrollment(person, Pictures.portrait(person));
    }

    private static String enrollment(String userId, byte[] picture) {
        return body("enroll")
                .put("user_id", userId)
                .put("image", RunningService.base64(picture))
                .encode();
    }

    private static String claim(String userId, String portrait) throws Exception {
        return body("recognize")
                .put("user_id", userId)
                .put("image", RunningService.base64(Pictures.portrait(portrait)))
                .encode();
    }

    private static byte[] gif() {
        return "GIF89a\1\0\1\0\0\0\0;".getBytes(StandardCharsets.ISO_8859_1);
    }
}
