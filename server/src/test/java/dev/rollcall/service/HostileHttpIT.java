package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.service.RawRequest.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged service against hostile heads, addresses, methods and origins. */
class HostileHttpIT {

    private static final String HEAD = "Host: a\r\nX-API-Key: " + RunningService.KEY + "\r\n";

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
    }

    @AfterEach
    void serviceGoesOnWithoutStackTraces() throws Exception {
        assertThat(service.get("/health").status()).isEqualTo(200);
        assertThat(service.log()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health",
                "GET /nothing",
                "GET /q/dev",
                "GET /v1/people",
                "DELETE /enroll",
                "TRACE /health",
                "OPTIONS /v1/people",
                "GET /%zz",
                "HEAD /%zz",
                "GET /health?next=%zz",
                "GET /health?a={}",
                "FOO /health",
                "GET /v1/../../etc/passwd",
                "GET *"
            })
    void everyAnswer_isGuardedAndTellsNothingOfTheInside(String line) throws IOException {
        Reply reply = send(line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(reply.header("X-Frame-Options")).contains("DENY");
        assertThat(reply.header("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(reply.header("Strict-Transport-Security")).isEmpty();
        assertThat(reply.header("Server")).isEmpty();
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(reply.text()).doesNotContainIgnoringCase("quarkus", "vert.x", "netty", "exception", "stack");
        if (reply.status() >= 400) {
            assertThat(reply.header("Content-Type")).contains("application/problem+json");
            assertThat(reply.header("X-Request-Id")).isPresent();
            assertThat(reply.body().isEmpty() ? line : reply.body()).containsAnyOf("\"code\":\"", "HEAD");
        }
    }

    @Test
    void malformedAddress_isAnInvalidRequest() throws IOException {
        for (String address : List.of("/%zz", "/v1/people/%", "/v1/people?next=%zz", "/[")) {
            Reply reply = send("GET " + address + " HTTP/1.1\r\n" + HEAD + "Connection: close\r\n\r\n");

            assertThat(reply.status()).as(address).isEqualTo(400);
            assertThat(reply.body()).contains("INVALID_REQUEST");
        }
    }

    @Test
    void whatIsNoHttp_isAProblemToo() throws IOException {
        String ok = " HTTP/1.1\r\nHost: a\r\n\r\n";
        for (String request : List.of(
                "F(O /health" + ok,
                "GET /health" + ok.replace("Host: a", "Ho st: a"),
                "GET /health" + ok.replace("Host: a", "X: " + "a".repeat(20_000)),
                "GET /" + "a".repeat(10_000) + ok)) {
            Reply reply = send(request);

            assertThat(reply.status()).isIn(400, 414, 431);
            assertThat(reply.header("Content-Type")).contains("application/problem+json");
            assertThat(reply.header("X-Request-Id")).isPresent();
            assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(reply.body()).contains("INVALID_REQUEST", "\"status\":" + reply.status());
        }
    }

    @Test
    void optionsWithoutAKey_isRefusedLikeEveryCall() throws IOException {
        for (String address : List.of("/v1/people", "/enroll", "/v1/keys/x", "/nothing")) {
            String line = "OPTIONS " + address + " HTTP/1.1\r\n";

            assertThat(send(line + "Host: a\r\nConnection: close\r\n\r\n").body())
                    .contains("UNAUTHORIZED");
        }
        Reply allowed = send("OPTIONS /v1/people HTTP/1.1\r\n" + HEAD + "Connection: close\r\n\r\n");
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.header("Allow"))
                .hasValueSatisfying(methods -> assertThat(methods).contains("GET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
    void bearerToken_isTakenWhateverTheCaseOfItsScheme(String scheme) throws IOException {
        String request = "GET /v1/people HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: " + scheme;

        assertThat(send(request + RunningService.KEY + "\r\n\r\n").status()).isEqualTo(200);
        assertThat(send(request + "wrong\r\n\r\n").status()).isEqualTo(401);
    }

    @Test
    void requestWithoutHost_isAProblemToo() throws IOException {
        Reply reply = send("GET /health HTTP/1.1\r\n\r\n");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("INVALID_REQUEST");
        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void pagesOfOtherSites_getNoLeaveUnlessListed() throws IOException {
        String preflight = head(
                "OPTIONS /recognize HTTP/1.1",
                "Host: a",
                "Origin: %s",
                "Connection: close",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: x-api-key");
        String get = "GET /health HTTP/1.1\r\nHost: a\r\nOrigin: %s\r\nConnection: close\r\n\r\n";
        for (String request : List.of(preflight, get)) {
            Reply listed = send(request.formatted(SharedService.ALLOWED_ORIGIN));
            assertThat(listed.status()).isBetween(200, 204);
            assertThat(listed.header("Access-Control-Allow-Origin")).contains(SharedService.ALLOWED_ORIGIN);
            assertThat(listed.header("Access-Control-Allow-Credentials")).isEmpty();
            for (String origin :
                    List.of("https://evil.example", SharedService.ALLOWED_ORIGIN + ".evil.example", "null")) {
                Reply other = send(request.formatted(origin));
                assertThat(other.header("Access-Control-Allow-Origin"))
                        .as(origin)
                        .isEmpty();
                assertThat(other.status()).isEqualTo(request.equals(preflight) ? 401 : 200);
            }
        }
    }

    @Test
    void hugeHeadsAndHttp2_areNotTaken() throws IOException {
        assertThat(send("GET /health HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n")
                        .status())
                .isEqualTo(431);
        assertThat(send("GET /health HTTP/1.1\r\nHost: a\r\n" + "X: a\r\n".repeat(5_000) + "\r\n")
                        .status())
                .isEqualTo(431);
        assertThat(send("GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: a\r\n\r\n")
                        .status())
                .isEqualTo(414);
        Reply upgrade = send(head(
                "GET /health HTTP/1.1",
                "Host: a",
                "Connection: Upgrade, HTTP2-Settings, close",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA"));
        assertThat(upgrade.status()).isEqualTo(200);
        assertThat(send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status()).isIn(0, 400);
    }

    private static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private static Reply send(String request) throws IOException {
        URI address = service.address();
        return RawRequest.send(address, request);
    }
}
