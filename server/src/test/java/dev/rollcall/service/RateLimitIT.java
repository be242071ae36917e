package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.service.RunningService.Answer;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the packaged service lets itself be asked. */
class RateLimitIT {

    private static final Map<String, String> STRICT = Map.of(
            "API_KEY", RunningService.KEY, "PERSON_RATE_LIMIT_PER_MINUTE", "3", "ADDRESS_RATE_LIMIT_PER_MINUTE", "4");

    private static final Map<String, String> BEHIND_A_PROXY = Map.of(
            "API_KEY",
            RunningService.KEY,
            "RATE_LIMIT_PER_MINUTE",
            "5",
            "ADDRESS_RATE_LIMIT_PER_MINUTE",
            "2",
            "TRUSTED_PROXIES",
            "127.0.0.0/8, 10.0.0.1");

    @TempDir
    static Path folder;

    /** Without a limit of keys; what is sent comes from one address. */
    private static RunningService strict;

    /** With a limit of keys; what is sent comes from the address that is said to have forwarded it. */
    private static RunningService behindAProxy;

    @BeforeAll
    static void start() throws Exception {
        strict = RunningService.start(Files.createDirectory(folder.resolve("strict")), STRICT);
        behindAProxy = RunningService.start(Files.createDirectory(folder.resolve("proxy")), BEHIND_A_PROXY);
    }

    @AfterAll
    static void stop() throws Exception {
        strict.close();
        behindAProxy.close();
    }

    @Test
    void key_hasItsLimit() throws Exception {
        String key = behindAProxy
                .postJson("/v1/keys", Map.of("name", "reader", "scopes", List.of("read")))
                .body()
                .path("key")
                .asText();
        for (int i = 0; i < 5; i++) {
            assertThat(behindAProxy.get("/v1/people", key).status()).isEqualTo(200);
        }

        Answer sixth = behindAProxy.get("/v1/people", key);

        limited(sixth, 5, 12);
        assertThat(behindAProxy.get("/health").status()).isEqualTo(200);
        assertThat(behindAProxy.get("/v1/people", "wrong").status()).isEqualTo(401);
    }

    @Test
    void guessesAtOnePerson_haveTheirLimitAndOthersGoOn() throws Exception {
        byte[] geronimo = Pictures.portrait("geronimo");
        byte[] manuel = Pictures.portrait("manuel");
        assertThat(strict.enroll("geronimo", geronimo).status()).isEqualTo(201);
        assertThat(strict.enroll("manuel", manuel).status()).isEqualTo(201);
        for (int i = 0; i < 6; i++) {
            assertThat(strict.recognize("geronimo", Pictures.withoutFace()).code())
                    .isEqualTo("NO_FACE");
        }
        for (int i = 0; i < 3; i++) {
            assertThat(strict.recognize("geronimo", manuel).code()).isEqualTo("NOT_MATCHED");
        }

        for (int i = 0; i < 3; i++) {
            limited(strict.recognize("geronimo", manuel), 3, 20);
        }

        assertThat(strict.recognize("geronimo", geronimo).code()).isEqualTo("RATE_LIMITED");
        assertThat(strict.recognize("manuel", manuel).status()).isEqualTo(200);
        assertThat(strict.get("/v1/audit?user_id=geronimo&code=NOT_MATCHED")
                        .body()
                        .path("items"))
                .hasSize(3);
        assertThat(strict.get("/v1/audit?user_id=geronimo&code=RATE_LIMITED")
                        .body()
                        .path("items"))
                .as("one a minute is noted")
                .hasSize(1);
    }

    @Test
    void repetitionUnderAKey_isAnsweredTheSameWhileThePersonIsLimited() throws Exception {
        byte[] elizabeth = Pictures.portrait("elizabeth");
        byte[] felipe = Pictures.portrait("felipe");
        assertThat(strict.enroll("elizabeth", elizabeth).status()).isEqualTo(201);
        Answer marked = strict.recognize("elizabeth", elizabeth, "mark");
        Answer refused = strict.recognize("elizabeth", felipe, "guess");
        for (int i = 0; i < 4; i++) {
            assertThat(strict.recognize("elizabeth", felipe, "guess").body())
                    .as("repeated guesses are one")
                    .isEqualTo(refused.body());
        }
        for (int i = 0; i < 2; i++) {
            assertThat(strict.recognize("elizabeth", felipe).code()).isEqualTo("NOT_MATCHED");
        }

        limited(strict.recognize("elizabeth", elizabeth, "later"), 3, 20);

        Answer again = strict.recognize("elizabeth", elizabeth, "mark");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(marked.body());
        assertThat(strict.marksOf("elizabeth")).hasSize(1);
        assertThat(strict.get("/v1/audit?user_id=elizabeth&code=NOT_MATCHED")
                        .body()
                        .path("items"))
                .hasSize(3);
    }

    @Test
    void addressWithWrongKeys_isHeardNoMoreWhateverItClaimsToForward() throws Exception {
        assertThat(strict.get("/v1/people").status()).isEqualTo(200);
        for (int i = 0; i < 4; i++) {
            assertThat(forwarded(strict, "wrong", "198.51.100." + i).status()).isEqualTo(401);
        }

        limited(forwarded(strict, "wrong", "198.51.100.9"), 4, 15);
        limited(strict.get("/v1/people", "rk_other"), 4, 15);
        limited(SessionIT.get(strict, "/v1/people", "rollcall_session=rs_guess"), 4, 15);
        assertThat(strict.get("/v1/people").status())
                .as("a kiosk behind the same router, known from before")
                .isEqualTo(200);
        assertThat(strict.get("/health").status()).isEqualTo(200);
    }

    @Test
    void trustedProxy_isBelievedAndWhatItsClientsPretendIsNot() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(forwarded(behindAProxy, "wrong", "192.0.2." + i + ", 198.51.100.7, 10.0.0.1")
                            .status())
                    .isEqualTo(401);
        }

        assertThat(forwarded(behindAProxy, "wrong", "192.0.2.77, 198.51.100.7, 10.0.0.1")
                        .status())
                .isEqualTo(429);
        assertThat(forwarded(behindAProxy, RunningService.KEY, "198.51.100.8").status())
                .isEqualTo(200);
        behindAProxy.recognize("nobody", Pictures.withoutFace());
        assertThat(behindAProxy.log()).contains("a wrong API key from 198.51.100.7");
    }

    private static Answer forwarded(RunningService service, String key, String addresses) throws Exception {
        return service.send(HttpRequest.newBuilder(service.address().resolve("/v1/people"))
                .header("X-API-Key", key)
                .header("X-Forwarded-For", addresses));
    }

    private static void limited(Answer answer, int limit, int mostSeconds) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("RATE_LIMITED");
        assertThat(answer.body().path("limit_per_minute").asInt()).isEqualTo(limit);
        List<String> retryAfter = answer.response().headers().allValues("Retry-After");
        assertThat(retryAfter).hasSize(1);
        assertThat(Integer.parseInt(retryAfter.get(0))).isBetween(1, mostSeconds);
    }
}
