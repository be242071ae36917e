package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.openapi.ApiDocument;
import dev.rollcall.openapi.ApiDocument.Operation;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check of the service's answers against the OpenAPI document.
 *
 * @param document what the answers must be like
 */
record AnswerCheck(ApiDocument document) {

    private static final int CLIENT_ERROR = 400;
    private static final String TYPE = "Content-Type";
    private static final String REQUEST_ID = "X-Request-Id";

    /** What is checked of an answer. */
    record Received(int status, String type, Optional<String> requestId, String body) {

        static Received of(HttpResponse<String> answer) {
            return new Received(
                    answer.statusCode(),
                    answer.headers().firstValue(TYPE).orElseThrow(),
                    answer.headers().firstValue(REQUEST_ID),
                    answer.body());
        }

        static Received of(RawRequest.Reply answer) {
            return new Received(
                    answer.status(),
                    answer.header(TYPE).orElseThrow(() -> new AssertionError("no type: " + answer.text())),
                    answer.header(REQUEST_ID),
                    answer.body());
        }
    }

    /** Status, media type, headers, code and body are among those that the document has for the call. */
    void assertDescribed(Operation operation, Received answer) {
        String told = operation + ": " + answer.status() + " " + answer.body();
        JsonObject response = operation.response(answer.status());
        assertThat(response).as(told).isNotNull();
        JsonObject content = content(response.getJsonObject("content"), answer.type());
        assertThat(content).as(told + " as " + answer.type()).isNotNull();
        assertThat(answer.requestId()).as(told).isPresent();
        Object value = answer.type().contains("json") ? new JsonObject(answer.body()) : answer.body();
        assertThat(document.faults(content.getJsonObject("schema"), value))
                .as(told)
                .isEmpty();
        if (answer.status() >= CLIENT_ERROR) {
            assertThat(operation.codes(answer.status())).as(told).contains(((JsonObject) value).getString("code"));
        }
    }

    void assertRefused(Operation operation, String code, Received answer) {
        assertDescribed(operation, answer);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo(code);
    }

    /** The answer is the very example that the document has for the call and the code. */
    void assertIsExample(Operation operation, String code, Received answer) {
        assertRefused(operation, code, answer);
        assertThat(new JsonObject(answer.body()))
                .as(operation.toString())
                .isEqualTo(operation.problemExample(answer.status(), code));
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
}
