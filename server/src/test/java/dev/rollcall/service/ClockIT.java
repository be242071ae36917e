package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service on a database in which somebody marked while the clock was ahead. */
class ClockIT {

    private static final Map<String, String> SETTINGS = Map.of(
            "API_KEY", RunningService.KEY, "TIME_ZONE", MarkStream.noonZone(), "MIN_SECONDS_BETWEEN_MARKS", "3600");

    @TempDir
    Path folder;

    @Test
    void clockBehindTheNewestMark_isToldAndKeepsNobodyFromMarking() throws Exception {
        byte[] picture = Pictures.portrait("manuel");
        try (RunningService service = RunningService.start(folder, SETTINGS)) {
            service.enroll("manuel", picture);
            assertThat(service.get("/health").body().path("clock").toString())
                    .isEqualTo("{\"ok\":true,\"problem\":null,\"at\":null,\"by_s\":null}");
            markAYearAhead("manuel");
        }
        try (RunningService service = RunningService.start(folder, SETTINGS)) {
            Answer health = service.get("/health");
            Answer marked = service.recognize("manuel", picture);

            assertThat(health.status()).isEqualTo(200);
            assertThat(health.body().path("status").asText()).isEqualTo("ok");
            JsonNode clock = health.body().path("clock");
            assertThat(clock.path("ok").asBoolean()).isFalse();
            assertThat(clock.path("problem").asText()).isEqualTo("behind_newest_entry");
            assertThat(clock.path("by_s").asLong()).isBetween(364 * 86_400L, 366 * 86_400L);
            assertThat(service.log().lines().filter(line -> line.contains("behind the newest entry")))
                    .hasSize(1);
            assertThat(marked.status()).isEqualTo(200);
            assertThat(marked.body().at("/attendance/number").asInt()).isEqualTo(1);
            assertThat(service.recognize("manuel", picture).code()).isEqualTo("TOO_SOON");
        }
    }

    private void markAYearAhead(String userId) throws Exception {
        EmbeddedPostgres.Access access =
                EmbeddedPostgres.running(folder.resolve("data")).orElseThrow();
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "insert into attendance (user_id, marked_at, work_date, number, direction, confidence, similarity)"
                            + " values ('" + userId
                            + "', now() + interval '365 days', (now() + interval '365 days')::date,"
                            + " 1, 'in', 1, 1)");
        }
    }
}
