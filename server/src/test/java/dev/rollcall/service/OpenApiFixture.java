package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.openapi.ApiDocument;
import dev.rollcall.openapi.ApiDocument.Operation;
import dev.rollcall.service.AnswerCheck.Received;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A running service, a key of each scope, and the OpenAPI document that describes it: one for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OpenApiFixture {

    static final String UPLOAD = "importPeople";
    static final String IMPORTS = "/v1/people/import";
    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ApiDocument document;
    AnswerCheck check;
    ExampleBodies bodies;
    RunningService service;
    Path folder;

    /** A key of each scope, by its scope. */
    Map<String, String> keys;

    @BeforeAll
    void start(@TempDir Path place) throws Exception {
        folder = place;
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
        for (String scope : List.of("read", "recognize", "enroll", "admin")) {
            keys.put(
                    scope,
                    service.postJson("/v1/keys", Map.of("name", scope, "scopes", List.of(scope)))
                            .body()
                            .path("key")
                            .asText());
        }
    }

    @AfterAll
    void stop() throws Exception {
        service.close();
    }

    /** Makes a call as its operation is described, with a new idempotency key if it takes one. */
    Received send(Operation operation, String path, String body, String key) throws Exception {
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

    /** Makes a call that succeeds; returns its operation's id. */
    String success(String operationId, String path, String body) throws Exception {
        return success(operationId, path, body, RunningService.KEY);
    }

    String success(String operationId, String path, String body, String key) throws Exception {
        Operation operation = document.operation(operationId);
        Received answer = send(operation, path, body, key);
        assertThat(answer.status()).as(operation + " " + answer.body()).isLessThan(300);
        check.assertDescribed(operation, answer);
        return operationId;
    }

    /** Makes a call of a session that succeeds; returns its operation's id. */
    String successOfASession(String operationId) throws Exception {
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
    String upload() throws Exception {
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
}
