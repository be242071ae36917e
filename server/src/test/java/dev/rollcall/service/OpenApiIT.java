package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.openapi.ApiDocument;
import dev.rollcall.openapi.ApiDocument.Operation;
import dev.rollcall.service.AnswerCheck.Received;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the running service answers each call as the OpenAPI document describes it, in success and in refusal. */
class OpenApiIT {

    private static final String IMPORTS = "/v1/people/import";
    private static final String UPLOAD = "importPeople";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path folder;

    private static ApiDocument document;
    private static AnswerCheck check;
    private static ExampleBodies bodies;
    private static RunningService service;
    private static Map<String, String> keys;

    @BeforeAll
    static void start() throws Exception {
        document = ApiDocument.read();
        check = new AnswerCheck(document);
        bodies = new ExampleBodies(document);
        service = RunningService.start(
                folder,
                Map.of(
                        "API_KEY",
                        RunningService.KEY,
                        "MAX_ATTENDANCE_PER_DAY",
                        "1",
                        "MAX_IMAGE_MB",
                        "1",
                        "REQUIRE_APPROVAL",
                        "true"));
        keys = new LinkedHashMap<>();
        for (String scope : List.of("read", "recognize", "admin")) {
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
        made.add(success("enroll", "/enroll", bodies.enrollment("geronimo")));
        made.add(success("recognize", "/recognize", bodies.claim("geronimo", "geronimo")));
        made.add(success(
                "identify",
                "/identify",
                bodies.of("identify")
                        .put("image", RunningService.base64(Pictures.portrait("geronimo")))
                        .put("mark", false)
                        .encode()));
        made.add(success("listPeople", "/v1/people?total=true&order=newest", null));
        made.add(success("listDirectory", "/v1/directory?q=ger", null));
        made.add(success("readPerson", "/v1/people/geronimo", null));
        made.add(success(
                "changePerson",
                "/v1/people/geronimo",
                bodies.of("changePerson").putNull("site").encode()));
        made.add(success("listTemplates", "/v1/people/geronimo/templates", null));
        service.enroll("twin", Pictures.portrait("frederik"));
        made.add(success("declareLookAlikes", "/v1/people/geronimo/look-alikes/twin", null));
        made.add(success("listLookAlikes", "/v1/people/twin/look-alikes", null));
        made.add(success("listAttendance", "/v1/attendance?from=2020-01-01&to=2100-01-01", null));
        corrections(made);
        made.add(success("exportPerson", "/v1/people/geronimo/export", null));
        JsonNode export = service.get("/v1/people/geronimo/export").body();
        assertThat(List.of("person", "templates", "attendance", "answers", "audit"))
                .allSatisfy(part -> assertThat(export.path(part)).isNotEmpty());
        made.add(success("createKey", "/v1/keys", bodies.of("createKey").encode()));
        made.add(success("listKeys", "/v1/keys", null));
        String id = service.get("/v1/keys").body().path("items").findValuesAsText("id").stream()
                .reduce((first, last) -> last)
                .orElseThrow();
        made.add(success("revokeKey", "/v1/keys/" + id, null));
        made.add(success("startSession", "/v1/session", null));
        made.add(successOfASession("readSession"));
        made.add(successOfASession("endSession"));
        made.add(success(
                "createPairing", "/v1/pairings", bodies.of("createPairing").encode()));
        made.add(success("listPairings", "/v1/pairings", null));
        String pairing = service.get("/v1/pairings").body().at("/items/0/id").asText();
        made.add(success("cancelPairing", "/v1/pairings/" + pairing, null));
        String code = service.postJson("/v1/pairings", Map.of("name", "kiosk"))
                .body()
                .path("code")
                .asText();
        made.add(success("redeemPairing", "/v1/pairings/redeem", "{\"code\":\"" + code + "\"}"));
        made.add(success("listDevices", "/v1/devices?total=true", null));
        String device = "/v1/devices/"
                + service.get("/v1/devices").body().at("/items/0/id").asText();
        made.add(success("readDevice", device, null));
        made.add(success("changeDevice", device, bodies.of("changeDevice").encode()));
        made.add(success("revokeDevice", device, null));
        made.add(success("listAuditLog", "/v1/audit?from=2020-01-01T00:00:00Z", null));
        made.add(success("createSite", "/v1/sites", bodies.of("createSite").encode()));
        made.add(success("listSites", "/v1/sites", null));
        made.add(success("readSite", "/v1/sites/malaga", null));
        made.add(success(
                "changeSite", "/v1/sites/malaga", bodies.of("changeSite").encode()));
        made.add(success("siteAccuracy", "/v1/sites/default/accuracy", null));
        made.add(success("metrics", "/metrics", null));
        made.add(success("withdrawLookAlikes", "/v1/people/geronimo/look-alikes/twin", null));
        String template = service.get("/v1/people/geronimo/templates")
                .body()
                .at("/items/0/id")
                .asText();
        made.add(success("deleteTemplate", "/v1/people/geronimo/templates/" + template, null));
        String imported = IMPORTS + "/" + upload();
        made.add(UPLOAD);
        made.add(success("readImport", imported, null));
        made.add(success("listImportResults", imported + "/report", null));
        made.add(success("cancelImport", imported, null));
        made.add(success("erasePerson", "/v1/people/geronimo", null));

        assertThat(made)
                .containsExactlyElementsOf(new TreeSet<>(
                        document.operations().stream().map(Operation::id).toList()));
    }

    /** The calls for marks of geronimo, of which there is one, made by a device a moment ago. */
    private static void corrections(Set<String> made) throws Exception {
        String marks = "/v1/attendance/";
        String device = service.get("/v1/attendance?user_id=geronimo")
                .body()
                .at("/items/0/id")
                .asText();
        made.add(success("readMark", marks + device, null));
        made.add(success("undoMark", marks + device + "/undo", null));
        String yesterday = Instant.now().minus(Duration.ofDays(1)).toString();
        made.add(success(
                "addMark",
                "/v1/attendance",
                bodies.of("addMark").put("at", yesterday).encode()));
        made.add(success("approveCorrection", "/v1/corrections/" + waiting() + "/approve", "{}", keys.get("admin")));
        String manual = service.get("/v1/attendance?user_id=geronimo")
                .body()
                .at("/items/0/id")
                .asText();
        String body =
                bodies.of("correctMark").putNull("at").put("direction", "out").encode();
        made.add(success("correctMark", marks + manual + "/correct", body));
        made.add(success("listCorrections", "/v1/corrections?state=pending", null));
        made.add(success("rejectCorrection", "/v1/corrections/" + waiting() + "/reject", "{}", keys.get("admin")));
        made.add(success(
                "voidMark", marks + manual + "/void", bodies.of("voidMark").encode()));
        check.assertRefused(
                document.operation("voidMark"),
                "CORRECTION_PENDING",
                send(
                        document.operation("voidMark"),
                        marks + manual + "/void",
                        bodies.of("voidMark").encode(),
                        RunningService.KEY));
        check.assertRefused(
                document.operation("approveCorrection"),
                "SAME_KEY",
                send(
                        document.operation("approveCorrection"),
                        "/v1/corrections/" + waiting() + "/approve",
                        "{}",
                        RunningService.KEY));
        made.add(success("readMarkHistory", marks + device + "/history", null));
    }

    /** The id of the correction that waits. */
    private static String waiting() throws Exception {
        return service.get("/v1/corrections?state=pending")
                .body()
                .at("/items/0/id")
                .asText();
    }

    @Test
    void enrollmentByForm_isTakenWithTheDescribedFields() throws Exception {
        assertThat(document.fields("RecognizeForm"))
                .containsExactly(
                        "accuracy_m",
                        "captured_at",
                        "direction",
                        "image",
                        "images",
                        "latitude",
                        "longitude",
                        "user_id");
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
        check.assertDescribed(document.operation("recognize"), Received.of(answer));
    }

    @ParameterizedTest
    @MethodSource("operationsWithKey")
    void callWithoutKey_isRefusedAsDescribed(Operation operation) throws Exception {
        check.assertRefused(operation, "UNAUTHORIZED", send(operation, address(operation), "{}", "wrong"));
    }

    @ParameterizedTest
    @MethodSource("operationsWithKey")
    void callWithAKeyOfAnotherScope_isRefusedAsDescribed(Operation operation) throws Exception {
        String key = operation.scopes().contains("read") ? keys.get("recognize") : keys.get("read");

        check.assertIsExample(operation, "FORBIDDEN", send(operation, address(operation), "{}", key));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void inputThatIsNotValid_isRefusedAsDescribed(Operation operation) throws Exception {
        if (operation.hasBody() && operation.id().equals(UPLOAD)) {
            check.assertRefused(
                    operation, "INVALID_REQUEST", send(operation, operation.path(), "{}", RunningService.KEY));
        } else if (operation.hasBody()) {
            String address = address(operation);
            check.assertRefused(operation, "INVALID_REQUEST", send(operation, address, "{", RunningService.KEY));
            JsonObject body = bodies.of(operation.id());
            String field = operation.problemExample(400, "INVALID_REQUEST").getString("field");
            if (body.remove(field) == null) {
                body.put(field, 7);
            }
            check.assertIsExample(
                    operation, "INVALID_REQUEST", send(operation, address, body.encode(), RunningService.KEY));
        }
        if (operation.hasParameter("limit")) {
            check.assertIsExample(
                    operation,
                    "INVALID_REQUEST",
                    send(operation, address(operation) + "?limit=0", null, RunningService.KEY));
        }
        for (String parameter : List.of("limit", "next", "from", "to", "user_id")) {
            if (operation.hasParameter(parameter) && !operation.path().contains("{")) {
                Received answer =
                        send(operation, operation.path() + "?" + parameter + "=%24", null, RunningService.KEY);
                check.assertRefused(operation, "INVALID_REQUEST", answer);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void malformedAddress_isRefusedAsDescribed(Operation operation) throws Exception {
        for (String path : List.of(address(operation) + "?%zz", operation.path().replaceAll("\\{[a-z_]+}", "%zz"))) {
            if (path.contains("%")) {
                Received answer = Received.of(RawRequest.send(
                        service.address(),
                        operation.method() + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: "
                                + RunningService.KEY + "\r\n\r\n"));
                if (operation.hasBody() || operation.hasParameter("limit")) {
                    check.assertRefused(operation, "INVALID_REQUEST", answer);
                } else {
                    check.assertIsExample(operation, "INVALID_REQUEST", answer);
                }
            }
        }
    }

    @Test
    void bodyThatIsTooLarge_isRefusedAsDescribed() throws Exception {
        Operation operation = document.operation("createKey");

        check.assertIsExample(
                operation,
                "PAYLOAD_TOO_LARGE",
                send(operation, operation.path(), " ".repeat(20_000), RunningService.KEY));
    }

    @ParameterizedTest
    @MethodSource("operationsOfOnePerson")
    void unknownId_isRefusedAsDescribed(Operation operation) throws Exception {
        String body = operation.hasBody() ? bodies.of(operation.id()).encode() : "{}";
        Received answer = send(operation, address(operation), body, RunningService.KEY);

        assertThat(answer.status()).isEqualTo(404);
        check.assertDescribed(operation, answer);
    }

    @Test
    void picturesThatAreRefused_areRefusedAsDescribed() throws Exception {
        for (String operationId : List.of("enroll", "recognize")) {
            service.enroll("refused", Pictures.portrait("manuel"));
            Operation operation = document.operation(operationId);
            check.assertRefused(
                    operation, "INVALID_IMAGE", picture(operation, "no picture".getBytes(StandardCharsets.UTF_8)));
            check.assertRefused(operation, "UNSUPPORTED_IMAGE", picture(operation, ExampleBodies.gif()));
            check.assertRefused(operation, "NO_FACE", picture(operation, Pictures.withoutFace()));
            check.assertRefused(operation, "MULTIPLE_FACES", picture(operation, Pictures.twoPeople()));
            check.assertRefused(operation, "LOW_QUALITY", picture(operation, Pictures.tinyFace()));
            check.assertRefused(operation, "PAYLOAD_TOO_LARGE", picture(operation, new byte[3 << 20]));
        }
    }

    @Test
    void marksAndTemplatesThatAreRefused_areRefusedAsDescribed() throws Exception {
        Operation recognize = document.operation("recognize");
        Operation enroll = document.operation("enroll");
        service.enroll("astronaut", Pictures.portrait("astronaut"));
        service.recognize("astronaut", Pictures.portrait("astronaut"));

        check.assertRefused(
                recognize,
                "DAILY_LIMIT_REACHED",
                send(recognize, "/recognize", bodies.claim("astronaut", "astronaut"), RunningService.KEY));
        check.assertRefused(
                recognize,
                "NOT_MATCHED",
                send(recognize, "/recognize", bodies.claim("astronaut", "manuel"), RunningService.KEY));
        check.assertRefused(
                recognize,
                "NOT_ENROLLED",
                send(recognize, "/recognize", bodies.claim("nobody", "manuel"), RunningService.KEY));
        check.assertRefused(
                enroll,
                "DUPLICATE_FACE",
                send(
                        enroll,
                        "/enroll",
                        bodies.enrollment("second", Pictures.portrait("astronaut")),
                        RunningService.KEY));
        check.assertRefused(
                enroll,
                "FACE_MISMATCH",
                send(
                        enroll,
                        "/enroll",
                        bodies.enrollment("astronaut", Pictures.portrait("geronimo")),
                        RunningService.KEY));
    }

    /** Makes a call that succeeds; answers its operation's id. */
    private static String success(String operationId, String path, String body) throws Exception {
        return success(operationId, path, body, RunningService.KEY);
    }

    private static String success(String operationId, String path, String body, String key) throws Exception {
        Operation operation = document.operation(operationId);
        Received answer = send(operation, path, body, key);
        assertThat(answer.status()).as(operation + " " + answer.body()).isLessThan(300);
        check.assertDescribed(operation, answer);
        return operationId;
    }

    /** Makes a call of a session that succeeds; answers its operation's id. */
    private static String successOfASession(String operationId) throws Exception {
        RunningService.Answer started = service.postJson("/v1/session", Map.of());
        Operation operation = document.operation(operationId);
        HttpRequest request = HttpRequest.newBuilder(service.address().resolve(operation.path()))
                .header("Cookie", SessionIT.cookie(started))
                .header("X-CSRF-Token", started.body().path("csrf_token").asText())
                .method(operation.method(), HttpRequest.BodyPublishers.noBody())
                .build();
        Received answer = Received.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
        assertThat(answer.status()).isEqualTo(200);
        check.assertDescribed(operation, answer);
        return operationId;
    }

    /** Sends an import; returns its id. */
    private static String upload() throws Exception {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("absent/1.jpg"));
            out.write(Pictures.onePixel());
        }
        HttpRequest request = HttpRequest.newBuilder(service.address().resolve(IMPORTS))
                .timeout(Duration.ofSeconds(60))
                .header("X-API-Key", RunningService.KEY)
                .header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zip.toByteArray()))
                .build();
        Received answer = Received.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
        assertThat(answer.status()).isEqualTo(202);
        check.assertDescribed(document.operation(UPLOAD), answer);
        return new JsonObject(answer.body()).getString("id");
    }

    private static String address(Operation operation) {
        return operation
                .path()
                .replace("{other_user_id}", "another")
                .replace("{import_id}", "0".repeat(32))
                .replaceAll("\\{[a-z_]+}", "unknown");
    }

    private static Received picture(Operation operation, byte[] picture) throws Exception {
        return send(operation, operation.path(), bodies.enrollment("refused", picture), RunningService.KEY);
    }

    private static Received send(Operation operation, String path, String body, String key) throws Exception {
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
        if (operation.hasParameter("Idempotency-Key")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        return Received.of(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }
}
