package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import dev.rollcall.service.RunningService.Ended;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.embedded.PreparedServer;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** API keys of two services on one database: what they open, and how they end. */
class KeysIT {

    private static final Pattern SECRET = Pattern.compile("rk_[A-Za-z0-9_-]{43}");

    @TempDir
    static Path folder;

    private static EmbeddedPostgres database;
    private static Map<String, String> settings;
    private static RunningService service;
    private static RunningService other;

    @BeforeAll
    static void start() throws Exception {
        database = PreparedServer.start(folder.resolve("database"));
        settings = Map.of("API_KEY", RunningService.KEY, "DATABASE_URL", SharedDatabaseIT.url(database));
        service = RunningService.start(Files.createDirectory(folder.resolve("one")), settings);
        other = RunningService.start(Files.createDirectory(folder.resolve("other")), settings);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        other.close();
        database.close();
    }

    /** A call that a scope opens comes to a refusal of what was sent, one that it doesn't to FORBIDDEN. */
    @ParameterizedTest
    @CsvSource({
        "recognize, POST /recognize",
        "enroll,    POST /enroll",
        "read,      GET /v1/people GET /v1/people/nobody GET /v1/attendance GET /v1/directory",
        "directory, GET /v1/directory",
        "admin,     POST /recognize POST /enroll GET /v1/directory GET /v1/people GET /v1/people/nobody GET /v1/attendance"
                + " DELETE /v1/people/nobody GET /v1/people/nobody/export GET /v1/keys POST /v1/keys DELETE /v1/keys/x"
                + " GET /v1/audit"
    })
    void scope_opensItsCallsAndNothingElse(String scope, String opened) throws Exception {
        String key = made("scope", List.of(scope), null).path("key").asText();
        for (String call : List.of(
                "POST /recognize",
                "POST /enroll",
                "GET /v1/directory",
                "GET /v1/people",
                "GET /v1/people/nobody",
                "GET /v1/people/nobody/export",
                "GET /v1/attendance",
                "DELETE /v1/people/nobody",
                "GET /v1/keys",
                "POST /v1/keys",
                "DELETE /v1/keys/x",
                "GET /v1/audit")) {
            Answer answer = called(call, key);

            boolean opens = (opened + " ").contains(call + " ");
            assertThat(answer.status() == 403).as(scope + " " + call).isNotEqualTo(opens);
            if (!opens) {
                assertThat(answer.code()).isEqualTo("FORBIDDEN");
                assertThat(answer.body().path("needed_scope").asText()).isNotEmpty();
            }
            assertThat(called(call, "rk_guess").status()).isEqualTo(401);
        }
    }

    @Test
    void severalScopes_openWhatEachOpens() throws Exception {
        String key =
                made("both", List.of("recognize", "read"), null).path("key").asText();

        assertThat(called("GET /v1/people", key).status()).isEqualTo(200);
        assertThat(called("POST /recognize", key).status()).isEqualTo(400);
        assertThat(called("POST /enroll", key).status()).isEqualTo(403);
    }

    @Test
    void kiosksKey_marksAndNothingElse() throws Exception {
        byte[] picture = Pictures.portrait("manuel");
        assertThat(service.enroll("manuel", picture).status()).isEqualTo(201);
        String kiosk = made("kiosk", List.of("recognize"), null).path("key").asText();

        Answer marked = service.postJson(
                "/recognize", kiosk, Map.of("user_id", "manuel", "image", RunningService.base64(picture)));

        assertThat(marked.status()).isEqualTo(200);
    }

    @Test
    void revokedKey_isShutOutAtOnceAlsoOnTheOtherService() throws Exception {
        JsonNode made = made("short", List.of("read"), null);
        String key = made.path("key").asText();
        assertThat(service.get("/v1/people", key).status()).isEqualTo(200);
        assertThat(other.get("/v1/people", key).status()).isEqualTo(200);

        Answer revoked = service.delete("/v1/keys/" + made.path("id").asText());

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.body().path("revoked_at").isTextual()).isTrue();
        assertThat(other.get("/v1/people", key).code()).isEqualTo("UNAUTHORIZED");
        assertThat(service.get("/v1/people", key).code()).isEqualTo("UNAUTHORIZED");
        for (String none : List.of("000000000000", "%00", "a%00b", "%ff", "a%2fb", "x".repeat(1000))) {
            assertThat(service.delete("/v1/keys/" + none).code()).isEqualTo("KEY_NOT_FOUND");
        }
    }

    @Test
    void sessionOfARevokedKey_endsAtOnceAlsoOnTheOtherService() throws Exception {
        JsonNode made = made("office", List.of("admin"), null);
        Answer signedIn = service.postJson("/v1/session", made.path("key").asText(), Map.of());
        String cookie = SessionIT.cookie(signedIn);
        assertThat(SessionIT.get(service, "/v1/keys", cookie).status()).isEqualTo(200);
        assertThat(SessionIT.get(other, "/v1/keys", cookie).status()).isEqualTo(200);

        service.delete("/v1/keys/" + made.path("id").asText());

        assertThat(SessionIT.get(other, "/v1/keys", cookie).code()).isEqualTo("UNAUTHORIZED");
        assertThat(SessionIT.get(service, "/v1/keys", cookie).code()).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void expiringKey_opensUntilThen() throws Exception {
        Instant soon = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.MILLIS);
        String key = made("soon over", List.of("read"), soon).path("key").asText();
        assertThat(service.get("/v1/people", key).status()).isEqualTo(200);

        while (Instant.now().isBefore(soon.plusMillis(50))) {
            Thread.sleep(50);
        }

        assertThat(service.get("/v1/people", key).code()).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void listedKeys_tellTheirUseAndNoSecret() throws Exception {
        JsonNode made = made("gate 7", List.of("read"), null);
        service.get("/v1/people", made.path("key").asText());

        Answer list = service.get("/v1/keys");

        assertThat(list.body().path("items")).anySatisfy(item -> {
            assertThat(item.path("id")).isEqualTo(made.path("id"));
            assertThat(item.path("name").asText()).isEqualTo("gate 7");
            assertThat(item.path("scopes").toString()).isEqualTo("[\"read\"]");
            assertThat(item.path("last_used_at").isTextual()).isTrue();
        });
        assertThat(SECRET.matcher(list.body().toString()).find()).isFalse();
        assertThat(list.body().toString()).doesNotContain("hash");
        assertThat(service.log() + other.log()).doesNotContain(made.path("key").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name     | {\"scopes\":[\"read\"]}",
                "name     | {\"name\":\"\",\"scopes\":[\"read\"]}",
                "name     | {\"name\":\"a\\nb\",\"scopes\":[\"read\"]}",
                "scopes   | {\"name\":\"a\"}",
                "scopes   | {\"name\":\"a\",\"scopes\":[]}",
                "scopes   | {\"name\":\"a\",\"scopes\":\"read\"}",
                "scopes   | {\"name\":\"a\",\"scopes\":[\"root\"]}",
                "expires_at | {\"name\":\"a\",\"scopes\":[\"read\"],\"expires_at\":\"2001-01-01T00:00:00Z\"}",
                "expires_at | {\"name\":\"a\",\"scopes\":[\"read\"],\"expires_at\":\"soon\"}",
                "null     | []",
                "null     | {"
            })
    void keyThatMakesNoSense_isNotMade(String field, String body) throws Exception {
        Answer answer =
                service.post("/v1/keys", RunningService.KEY, "application/json", body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("field").asText("null")).isEqualTo(field);
    }

    @Test
    void commandLine_makesListsAndRevokes() throws Exception {
        Ended made = command("keys", "create", "--name", "north gate", "--scope", "recognize,read", "--days", "30");
        assertThat(made.exitCode()).as(made.said()).isZero();
        Matcher secret = SECRET.matcher(made.said());
        assertThat(secret.find()).isTrue();
        assertThat(service.get("/v1/people", secret.group()).status()).isEqualTo(200);

        Ended listed = command("keys", "list");
        assertThat(listed.said())
                .contains("north gate")
                .contains("recognize,read")
                .doesNotContain(secret.group());
        Matcher id = Pattern.compile("([0-9a-f]{12})  north gate").matcher(listed.said());
        assertThat(id.find()).isTrue();

        assertThat(command("keys", "revoke", id.group(1)).exitCode()).isZero();
        assertThat(service.get("/v1/people", secret.group()).status()).isEqualTo(401);
        assertThat(command("keys", "list").said()).contains("revoked");
        assertThat(command("keys", "revoke", "nothing").exitCode()).isEqualTo(1);
        assertThat(command("keys", "create", "--name", "x", "--scope", "root").exitCode())
                .isEqualTo(2);
    }

    private static JsonNode made(String name, List<String> scopes, @Nullable Instant expiresAt) throws Exception {
        Map<String, Object> wanted = expiresAt == null
                ? Map.of("name", name, "scopes", scopes)
                : Map.of("name", name, "scopes", scopes, "expires_at", expiresAt.toString());
        Answer answer = service.postJson("/v1/keys", wanted);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body();
    }

    private static Answer called(String call, String key) throws Exception {
        String[] parts = call.split(" ", 2);
        HttpRequest.BodyPublisher body = parts[0].equals("POST")
                ? HttpRequest.BodyPublishers.ofString("{}")
                : HttpRequest.BodyPublishers.noBody();
        return service.send(HttpRequest.newBuilder(service.address().resolve(parts[1]))
                .header("X-API-Key", key)
                .header("Content-Type", "application/json")
                .method(parts[0], body));
    }

    private static Ended command(String... command) throws Exception {
        return RunningService.command(folder, settings, command);
    }
}
