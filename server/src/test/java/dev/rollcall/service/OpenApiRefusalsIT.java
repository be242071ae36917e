package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.openapi.ApiDocument;
import dev.rollcall.openapi.ApiDocument.Operation;
import dev.rollcall.service.AnswerCheck.Received;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the running service refuses each call as the OpenAPI document describes it. */
class OpenApiRefusalsIT extends OpenApiFixture {

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

    @ParameterizedTest
    @MethodSource("operationsWithKey")
    void callWithoutKey_isRefusedAsDescribed(Operation operation) throws Exception {
        check.assertRefused(operation, "UNAUTHORIZED", send(operation, address(operation), "{}", "wrong"));
    }

    @ParameterizedTest
    @MethodSource("operationsWithKey")
    void callWithAKeyOfAnotherScope_isRefusedAsDescribed(Operation operation) throws Exception {
        String key = Stream.of("read", "recognize", "enroll")
                .filter(scope -> !operation.scopes().contains(scope))
                .findFirst()
                .map(keys::get)
                .orElseThrow();

        check.assertIsExample(operation, "FORBIDDEN", send(operation, address(operation), "{}", key));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void inputThatIsNotValid_isRefusedAsDescribed(Operation operation) throws Exception {
        if (operation.hasBody() && !operation.takesJson()) {
            check.assertRefused(
                    operation, "INVALID_REQUEST", send(operation, operation.path(), "{}", RunningService.KEY));
        } else if (operation.hasBody()) {
            String address = address(operation);
            check.assertRefused(operation, "INVALID_REQUEST", send(operation, address, "{", RunningService.KEY));
            JsonObject body = bodies.of(operation.id());
            JsonObject example = operation.problemExample(400, "INVALID_REQUEST");
            String field = example.getString("field");
            if (body.remove(field) == null || !example.getString("detail").endsWith("is missing")) {
                body.put(field, example.getString("detail").matches(".* must be \\d+ to \\d+") ? "x" : (Object) 7);
            }
            check.assertIsExample(
                    operation, "INVALID_REQUEST", send(operation, address, body.encode(), RunningService.KEY));
        }
        if (operation.hasParameter("limit") && operation.takesJson()) {
            String body = bodies.of(operation.id()).encode();
            check.assertRefused(
                    operation,
                    "INVALID_REQUEST",
                    send(operation, address(operation) + "?limit=0", body, RunningService.KEY));
        } else if (operation.hasParameter("limit")) {
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
        Received answer = send(operation, address(operation) + dates(operation), body, RunningService.KEY);

        // A challenge that never was is like one that is over, so that nobody learns which ids there are.
        assertThat(answer.status()).isEqualTo(operation.id().equals("sendChallengeFrame") ? 409 : 404);
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

    private static String address(Operation operation) {
        return operation
                .path()
                .replace("{other_user_id}", "another")
                .replace("{import_id}", "0".repeat(32))
                .replaceAll("\\{[a-z_]+}", "unknown");
    }

    /** The query that a call of days needs. */
    private static String dates(Operation operation) {
        if (operation.hasParameter("month")) {
            return "?month=2026-10";
        }
        return operation.hasParameter("from") ? "?from=2026-10-01&to=2026-10-31" : "";
    }

    private Received picture(Operation operation, byte[] picture) throws Exception {
        String body = operation.path().equals("/enroll")
                ? bodies.enrollment("refused", picture)
                : bodies.claim("refused", picture);
        return send(operation, operation.path(), body, RunningService.KEY);
    }
}
