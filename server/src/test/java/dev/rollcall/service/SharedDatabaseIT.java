package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.service.RunningService.Answer;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.embedded.PreparedServer;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services on a PostgreSQL that is not their own. */
class SharedDatabaseIT {

    @TempDir
    Path folder;

    @Test
    void twoServicesOnOneDatabase_holdTheLimitTogether() throws Exception {
        byte[] picture = Pictures.portrait("manuel");
        try (EmbeddedPostgres database = PreparedServer.start(folder.resolve("database"));
                RunningService one = RunningService.start(newFolder("one"), settings(database));
                RunningService other = RunningService.start(newFolder("other"), settings(database))) {
            assertThat(one.get("/health").body().at("/database/kind").asText()).isEqualTo("postgres");
            assertThat(one.enroll("manuel", picture).status()).isEqualTo(201);

            ExecutorService clients = Executors.newFixedThreadPool(20);
            try {
                List<Future<Answer>> answers = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    RunningService service = i % 2 == 0 ? one : other;
                    answers.add(clients.submit(() -> service.recognize("manuel", picture)));
                }
                int marked = 0;
                for (Future<Answer> answer : answers) {
                    assertThat(answer.get().status()).isIn(200, 409, 503);
                    marked += answer.get().status() == 200 ? 1 : 0;
                }
                assertThat(marked).isEqualTo(2);
            } finally {
                clients.shutdownNow();
            }

            awaitTemplates(other, 1);
            assertThat(other.enroll("another", picture).code()).isEqualTo("DUPLICATE_FACE");
            assertThat(one.delete("/v1/people/manuel").status()).isEqualTo(200);
            assertThat(other.enroll("another", picture).status()).isEqualTo(201);
            awaitTemplates(one, 1);
            assertThat(one.enroll("manuel", picture).code()).isEqualTo("DUPLICATE_FACE");

            assertThat(one.send(HttpRequest.newBuilder(one.address().resolve("/v1/sites/default"))
                                    .header("X-API-Key", RunningService.KEY)
                                    .header("Content-Type", "application/json")
                                    .method(
                                            "PATCH",
                                            HttpRequest.BodyPublishers.ofString("{\"time_zone\":\"Asia/Tokyo\"}")))
                            .status())
                    .isEqualTo(200);
            awaitZone(other, "Asia/Tokyo");
        }
    }

    private static void awaitZone(RunningService service, String zone) throws Exception {
        for (int i = 0; i < 200 && !zoneOf(service).equals(zone); i++) {
            Thread.sleep(50);
        }
        assertThat(zoneOf(service)).isEqualTo(zone);
    }

    private static String zoneOf(RunningService service) throws Exception {
        return service.get("/health").body().path("time_zone").asText();
    }

    private static void awaitTemplates(RunningService service, int templates) throws Exception {
        for (int i = 0; i < 100 && templatesOf(service) != templates; i++) {
            Thread.sleep(50);
        }
        assertThat(templatesOf(service)).isEqualTo(templates);
    }

    private static int templatesOf(RunningService service) throws Exception {
        return service.get("/health").body().at("/gallery/templates").asInt();
    }

    @Test
    void lostDatabase_isSaidByHealthAndByRequests() throws Exception {
        byte[] picture = Pictures.portrait("manuel");
        EmbeddedPostgres database = PreparedServer.start(folder.resolve("database"));
        try (RunningService service = RunningService.start(newFolder("one"), settings(database))) {
            assertThat(service.enroll("manuel", picture).status()).isEqualTo(201);

            database.close();

            Answer health = service.get("/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.body().path("status").asText()).isEqualTo("degraded");
            assertThat(health.body().at("/database/ok").asBoolean()).isFalse();
            Answer answer = service.recognize("manuel", picture);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
        } finally {
            database.close();
        }
    }

    private Path newFolder(String name) throws Exception {
        return Files.createDirectory(folder.resolve(name));
    }

    private static Map<String, String> settings(EmbeddedPostgres database) {
        return Map.of("API_KEY", RunningService.KEY, "DATABASE_URL", url(database));
    }

    /** Where a database is, in the form that the settings have. */
    static String url(EmbeddedPostgres database) {
        EmbeddedPostgres.Access access = database.access();
        return access.jdbcUrl()
                .replace("jdbc:postgresql://", "postgresql://" + access.user() + ":" + access.password() + "@");
    }
}
