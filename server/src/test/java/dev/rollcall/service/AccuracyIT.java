package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The accuracy of a site, with automatic thresholds. */
class AccuracyIT {

    private static final String PATH = "/v1/sites/default/accuracy";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(
                folder,
                Map.of(
                        "API_KEY",
                        RunningService.KEY,
                        "CONFIDENCE_THRESHOLD",
                        "auto",
                        "TARGET_FALSE_MATCH_RATE",
                        "0.001"));
        service.enroll("geronimo", Pictures.portrait("geronimo"));
        service.enroll("manuel", Pictures.portrait("manuel"));
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    private static JsonNode estimated() throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        JsonNode accuracy = service.get(PATH).body();
        while (accuracy.path("state").asText().equals("not_yet_estimated")
                && Instant.now().isBefore(end)) {
            Thread.sleep(200);
            accuracy = service.get(PATH).body();
        }
        return accuracy;
    }

    @Test
    void fewPeople_areReportedWithTheUncertaintyOfTheirFigures() throws Exception {
        JsonNode accuracy = estimated();

        assertThat(accuracy.path("state").asText()).isEqualTo("too_few_people");
        assertThat(accuracy.path("mode").asText()).isEqualTo("auto");
        assertThat(accuracy.path("target_false_match_rate").asDouble()).isEqualTo(0.001);
        assertThat(accuracy.path("recommended").isNull()).isTrue();
        assertThat(accuracy.path("in_use").path("confidence").asDouble()).isEqualTo(0.8);
        assertThat(accuracy.path("thresholds").size()).isEqualTo(20);
        assertThat(accuracy.path("basis").path("complete").asBoolean()).isTrue();
        assertThat(service.recognize("geronimo", Pictures.portrait("geronimo"))
                        .body()
                        .path("threshold")
                        .asDouble())
                .isEqualTo(0.8);
    }

    @Test
    void site_hasItsGauges() throws Exception {
        estimated();

        String metrics = new String(service.get("/metrics").response().body(), StandardCharsets.UTF_8);

        assertThat(metrics)
                .contains(
                        "rollcall_site_threshold{site=\"default\"} 0.8",
                        "rollcall_site_target_false_match_rate{site=\"default\"} 0.001",
                        "rollcall_site_false_match_rate_upper{site=\"default\"}")
                .doesNotContain("rollcall_site_recommended_threshold{");
    }

    @Test
    void unknownSite_isNotFound() throws Exception {
        Answer answer = service.get("/v1/sites/moon/accuracy");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("SITE_NOT_FOUND");
    }
}
