package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.service.RunningService.Answer;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the packaged service lets itself be asked. */
class RateLimitIT {

    @TempDir
    Path folder;

    @Test
    void key_hasItsLimit() throws Exception {
        try (RunningService service = start(Map.of("RATE_LIMIT_PER_MINUTE", "5"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(service.get("/v1/people").status()).isEqualTo(200);
            }

            Answer sixth = service.get("/v1/people");

            limited(sixth, 5, 12);
            assertThat(service.get("/health").status()).isEqualTo(200);
            assertThat(service.get("/v1/people", "wrong").status()).isEqualTo(401);
        }
    }

    @Test
    void guessesAtOnePerson_haveTheirLimitAndOthersGoOn() throws Exception {
        try (RunningService service = start(Map.of("PERSON_RATE_LIMIT_PER_MINUTE", "3"))) {
            byte[] geronimo = Pictures.portrait("geronimo");
            byte[] manuel = Pictures.portrait("manuel");
            assertThat(service.enroll("geronimo", geronimo).status()).isEqualTo(201);
            assertThat(service.enroll("manuel", manuel).status()).isEqualTo(201);
            for (int i = 0; i < 6; i++) {
                assertThat(service.recognize("geronimo", Pictures.withoutFace()).code())
                        .isEqualTo("NO_FACE");
            }
            for (int i = 0; i < 3; i++) {
                assertThat(service.recognize("geronimo", manuel).code()).isEqualTo("NOT_MATCHED");
            }

            for (int i = 0; i < 3; i++) {
                limited(service.recognize("geronimo", manuel), 3, 20);
            }

            assertThat(service.recognize("geronimo", geronimo).code()).isEqualTo("RATE_LIMITED");
            assertThat(service.recognize("manuel", manuel).status()).isEqualTo(200);
            assertThat(service.get("/v1/audit?user_id=geronimo&code=NOT_MATCHED")
                            .body()
                            .path("items"))
                    .hasSize(3);
            assertThat(service.get("/v1/audit?user_id=geronimo&code=RATE_LIMITED")
                            .body()
                            .path("items"))
                    .as("one a minute is noted")
                    .hasSize(1);
        }
    }

    @Test
    void repetitionUnderAKey_isAnsweredTheSameWhileThePersonIsLimited() throws Exception {
        try (RunningService service = start(Map.of("PERSON_RATE_LIMIT_PER_MINUTE", "3"))) {
            byte[] geronimo = Pictures.portrait("geronimo");
            byte[] manuel = Pictures.portrait("manuel");
            assertThat(service.enroll("geronimo", geronimo).status()).isEqualTo(201);
            Answer marked = service.recognize("geronimo", geronimo, "mark");
            Answer refused = service.recognize("geronimo", manuel, "guess");
            for (int i = 0; i < 4; i++) {
                assertThat(service.recognize("geronimo", manuel, "guess").body())
                        .as("repeated guesses are one")
                        .isEqualTo(refused.body());
            }
            for (int i = 0; i < 2; i++) {
                assertThat(service.recognize("geronimo", manuel).code()).isEqualTo("NOT_MATCHED");
            }

            limited(service.recognize("geronimo", geronimo, "later"), 3, 20);

            Answer again = service.recognize("geronimo", geronimo, "mark");
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(marked.body());
            assertThat(service.marksOf("geronimo")).hasSize(1);
            assertThat(service.get("/v1/audit?user_id=geronimo&code=NOT_MATCHED")
                            .body()
                            .path("items"))
                    .hasSize(3);
        }
    }

    @Test
    void addressWithWrongKeys_isHeardNoMoreWhateverItClaimsToForward() throws Exception {
        try (RunningService service = start(Map.of("ADDRESS_RATE_LIMIT_PER_MINUTE", "4"))) {
            assertThat(service.get("/v1/people").status()).isEqualTo(200);
            for (int i = 0; i < 4; i++) {
                assertThat(forwarded(service, "wrong", "198.51.100." + i).status())
                        .isEqualTo(401);
            }

            limited(forwarded(service, "wrong", "198.51.100.9"), 4, 15);
            limited(service.get("/v1/people", "rk_other"), 4, 15);
            limited(SessionIT.get(service, "/v1/people", "rollcall_session=rs_guess"), 4, 15);
            assertThat(service.get("/v1/people").status())
                    .as("a kiosk behind the same router, known from before")
                    .isEqualTo(200);
            assertThat(service.get("/health").status()).isEqualTo(200);
        }
    }

    @Test
    void trustedProxy_isBelievedAndWhatItsClientsPretendIsNot() throws Exception {
        try (RunningService service =
                start(Map.of("ADDRESS_RATE_LIMIT_PER_MINUTE", "2", "TRUSTED_PROXIES", "127.0.0.0/8, 10.0.0.1"))) {
            for (int i = 0; i < 2; i++) {
                assertThat(forwarded(service, "wrong", "192.0.2." + i + ", 198.51.100.7, 10.0.0.1")
                                .status())
                        .isEqualTo(401);
            }

            assertThat(forwarded(service, "wrong", "192.0.2.77, 198.51.100.7, 10.0.0.1")
                            .status())
                    .isEqualTo(429);
            assertThat(forwarded(service, RunningService.KEY, "198.51.100.8").status())
                    .isEqualTo(200);
            service.recognize("nobody", Pictures.withoutFace());
            assertThat(service.log()).contains("a wrong API key from 198.51.100.7");
        }
    }

    private RunningService start(Map<String, String> limits) throws Exception {
        Map<String, String> settings = new HashMap<>(limits);
        settings.put("API_KEY", RunningService.KEY);
        return RunningService.start(Files.createDirectory(folder.resolve("service")), settings);
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
