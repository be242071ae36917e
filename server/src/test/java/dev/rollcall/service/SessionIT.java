package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions of pages of the packaged service. */
class SessionIT {

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

    /** What a browser sends back of a response's cookie. */
    static String cookie(Answer signedIn) {
        assertThat(signedIn.status()).isEqualTo(201);
        return setCookie(signedIn).split(";", 2)[0];
    }

    static Answer get(RunningService service, String path, String cookie) throws Exception {
        return service.send(
                HttpRequest.newBuilder(service.address().resolve(path)).header("Cookie", cookie));
    }

    @Test
    void adminKey_isTradedForACookieThatScriptsCannotRead() throws Exception {
        Answer signedIn = signIn(RunningService.KEY);

        assertThat(setCookie(signedIn))
                .matches("rollcall_session=rs_[A-Za-z0-9_-]{43};.*")
                .contains("; Max-Age=43200", "; Path=/", "; HTTPOnly", "; SameSite=Strict")
                .doesNotContain("Secure", "Domain");
        JsonNode session = get(service, "/v1/session", cookie(signedIn)).body();
        assertThat(session).isEqualTo(signedIn.body());
        assertThat(session.path("key_id").asText()).isEqualTo("API_KEY");
        assertThat(Duration.between(
                        Instant.parse(session.path("started_at").asText()),
                        Instant.parse(session.path("expires_at").asText())))
                .isEqualTo(Duration.ofHours(12));
        assertThat(get(service, "/v1/people", cookie(signedIn)).status()).isEqualTo(200);
        assertThat(service.log()).doesNotContain(cookie(signedIn).split("=", 2)[1]);
    }

    @Test
    void storedKey_isNamedByItsSessionAndTheAuditLog() throws Exception {
        JsonNode key = service.postJson("/v1/keys", Map.of("name", "office", "scopes", List.of("admin")))
                .body();

        Answer signedIn = signIn(key.path("key").asText());
        Answer made = withCookie(signedIn, "POST", "/v1/keys", "{\"name\":\"by page\",\"scopes\":[\"read\"]}");

        assertThat(signedIn.body().path("key_id")).isEqualTo(key.path("id"));
        assertThat(signedIn.body().path("name").asText()).isEqualTo("office");
        assertThat(made.status()).isEqualTo(201);
        assertThat(service.get("/v1/audit?key_id=" + key.path("id").asText())
                        .body()
                        .path("items"))
                .extracting(entry -> entry.path("action").asText())
                .containsExactly("KEY_CREATED", "SESSION_STARTED");
    }

    @Test
    void callThatChangesSomething_needsTheTokenOfTheSession() throws Exception {
        Answer signedIn = signIn(RunningService.KEY);
        HttpRequest.Builder erase = HttpRequest.newBuilder(service.address().resolve("/v1/people/nobody"))
                .header("Cookie", cookie(signedIn))
                .DELETE();

        assertThat(service.send(erase.copy()).code()).isEqualTo("CSRF_TOKEN_INVALID");
        for (String token : List.of(
                "",
                "wrong",
                signIn(RunningService.KEY).body().path("csrf_token").asText())) {
            assertThat(service.send(erase.copy().header("X-CSRF-Token", token)).code())
                    .isEqualTo("CSRF_TOKEN_INVALID");
        }
        assertThat(withCookie(signedIn, "DELETE", "/v1/people/nobody", "").code())
                .isEqualTo("NOT_ENROLLED");
    }

    @Test
    void pageOfAnotherOrigin_hasNoSession() throws Exception {
        String cookie = cookie(signIn(RunningService.KEY));
        HttpRequest.Builder list =
                HttpRequest.newBuilder(service.address().resolve("/v1/people")).header("Cookie", cookie);
        String own = "http://" + service.address().getAuthority();

        assertThat(service.send(list.copy().header("Origin", own)).status()).isEqualTo(200);
        assertThat(service.send(list.copy().header("Sec-Fetch-Site", "same-origin"))
                        .status())
                .isEqualTo(200);
        assertThat(service.send(list.copy().header("Origin", SharedService.ALLOWED_ORIGIN))
                        .code())
                .isEqualTo("UNAUTHORIZED");
        assertThat(service.send(list.copy().header("Sec-Fetch-Site", "same-site"))
                        .code())
                .isEqualTo("UNAUTHORIZED");
    }

    @Test
    void keyBesideACookie_counts() throws Exception {
        String cookie = cookie(signIn(RunningService.KEY));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.address().resolve("/v1/people")).header("Cookie", cookie);

        assertThat(service.send(request.copy().header("X-API-Key", "wrong")).code())
                .isEqualTo("UNAUTHORIZED");
        assertThat(service.send(request.copy()
                                .header("Cookie", "rollcall_session=wrong")
                                .header("X-API-Key", RunningService.KEY))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void signOut_endsTheSessionAndRemovesTheCookie() throws Exception {
        Answer signedIn = signIn(RunningService.KEY);

        Answer signedOut = withCookie(signedIn, "DELETE", "/v1/session", "");

        assertThat(signedOut.status()).isEqualTo(200);
        assertThat(setCookie(signedOut)).startsWith("rollcall_session=;").contains("Max-Age=0");
        assertThat(get(service, "/v1/session", cookie(signedIn)).code()).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void signingInAgain_endsTheSessionBefore() throws Exception {
        String before = cookie(signIn(RunningService.KEY));

        Answer again = service.send(HttpRequest.newBuilder(service.address().resolve("/v1/session"))
                .header("X-API-Key", RunningService.KEY)
                .header("Cookie", before)
                .POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(get(service, "/v1/session", cookie(again)).status()).isEqualTo(200);
        assertThat(get(service, "/v1/session", before).code()).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void withoutAnAdminKey_nobodySignsIn() throws Exception {
        String reader = service.postJson("/v1/keys", Map.of("name", "reader", "scopes", List.of("read")))
                .body()
                .path("key")
                .asText();

        assertThat(signIn(reader).code()).isEqualTo("FORBIDDEN");
        assertThat(signIn("wrong").code()).isEqualTo("UNAUTHORIZED");
        assertThat(withCookie(signIn(RunningService.KEY), "POST", "/v1/session", "")
                        .code())
                .isEqualTo("UNAUTHORIZED");
        assertThat(service.get("/v1/session").code()).isEqualTo("SESSION_NOT_FOUND");
    }

    @Test
    void cookiesOfNoSession_openNothing() throws Exception {
        String cookie = cookie(signIn(RunningService.KEY));
        for (String wrong : List.of(
                "rollcall_session=",
                "rollcall_session=rs_guess",
                "rollcall_session=" + RunningService.KEY,
                cookie + "x",
                "rollcall_session=\"; HttpOnly",
                "rollcall_session=" + "x".repeat(2_000))) {
            assertThat(get(service, "/v1/people", wrong).code()).as(wrong).isEqualTo("UNAUTHORIZED");
        }
    }

    /** Another service of the same host can set cookies for some paths, which browsers send first. */
    @Test
    void cookiesOfOthers_doNotHideTheSessionsOwn() throws Exception {
        String cookie = cookie(signIn(RunningService.KEY));

        assertThat(get(service, "/v1/people", "rollcall_session=x; rollcall_session=y; " + cookie)
                        .status())
                .isEqualTo(200);
        assertThat(get(service, "/v1/people", cookie + "; rollcall_session=rs_other")
                        .status())
                .isEqualTo(200);
        assertThat(get(service, "/v1/people", "rollcall_session=x; rollcall_session=y; rollcall_session=z; " + cookie)
                        .code())
                .isEqualTo("UNAUTHORIZED");
        assertThat(get(service, "/v1/people", "__Host-" + cookie).code()).isEqualTo("UNAUTHORIZED");
    }

    private static Answer signIn(String key) throws Exception {
        return service.send(HttpRequest.newBuilder(service.address().resolve("/v1/session"))
                .header("X-API-Key", key)
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static Answer withCookie(Answer signedIn, String method, String path, String body) throws Exception {
        return service.send(HttpRequest.newBuilder(service.address().resolve(path))
                .header("Cookie", cookie(signedIn))
                .header("X-CSRF-Token", signedIn.body().path("csrf_token").asText())
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String setCookie(Answer answer) {
        return answer.response().headers().firstValue("Set-Cookie").orElseThrow();
    }
}
