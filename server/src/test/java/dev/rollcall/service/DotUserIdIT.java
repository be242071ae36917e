package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.service.RunningService.Answer;
import dev.rollcall.service.RunningService.Ended;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The user ids {@code .} and {@code ..}, which no address can hold, and which earlier versions enrolled. */
class DotUserIdIT {

    private static final Map<String, String> SETTINGS = SharedService.SETTINGS;

    private final Path folder = SharedService.folder();
    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        service = SharedService.withoutPeople();
    }

    @Test
    void dotsAlone_areNotEnrolled() throws Exception {
        for (String dots : List.of(".", "..")) {
            Answer refused = service.enroll(dots, Pictures.portrait("manuel"));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("INVALID_REQUEST");
            assertThat(refused.body().path("field").asText()).isEqualTo("user_id");
        }
        assertThat(service.enroll("...", Pictures.portrait("manuel")).status()).isEqualTo(201);
        assertThat(service.get("/v1/people/...").status()).isEqualTo(200);
    }

    @Test
    void personWithSuchAUserId_isRecognisedReadExportedAndErased() throws Exception {
        byte[] picture = Pictures.portrait("manuel");
        service.enroll("before", picture);
        rename("before", "..");
        waitUntilIdentified("..", picture);
        Path file = folder.resolve("stored.json");

        Answer marked = service.recognize("..", picture);
        JsonNode read = service.get("/v1/people?user_id=..").body().path("items");
        Answer firstPage = service.get("/v1/people?limit=1");
        Ended exported = RunningService.command(folder, SETTINGS, "export-person", "..", file.toString());
        Ended erased = RunningService.command(folder, SETTINGS, "erase-person", "..");

        assertThat(marked.status()).isEqualTo(200);
        assertThat(read)
                .singleElement()
                .satisfies(person -> assertThat(person.path("user_id").asText()).isEqualTo(".."));
        assertThat(firstPage.body().path("items")).hasSize(1);
        assertThat(exported.exitCode()).as(exported.said()).isZero();
        assertThat(new ObjectMapper().readTree(file.toFile()).path("attendance"))
                .hasSize(1);
        assertThat(erased.exitCode()).as(erased.said()).isZero();
        assertThat(erased.said()).contains(".. is erased. Removed: 1 templates").contains("1 under a random one");
        assertThat(service.recognize("..", picture).code()).isEqualTo("NOT_ENROLLED");
        assertThat(service.marksOf("..")).isEmpty();
        assertThat(RunningService.command(folder, SETTINGS, "erase-person", "..")
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void pageThatEndsWithSuchAPerson_leadsToTheNext() throws Exception {
        service.enroll("before", Pictures.portrait("manuel"));
        service.enroll("geronimo", Pictures.portrait("geronimo"));
        rename("before", "..");

        Answer first = service.get("/v1/people?limit=1");
        Answer second = service.get(
                "/v1/people?limit=1&next=" + first.body().path("next").asText());

        assertThat(first.body().at("/items/0/user_id").asText()).isEqualTo("..");
        assertThat(second.body().at("/items/0/user_id").asText()).isEqualTo("geronimo");
        assertThat(RunningService.command(folder, SETTINGS, "erase-person", "..")
                        .exitCode())
                .isZero();
    }

    /** Gives an enrolled person another user id, as only the database can. */
    /** Waits until the gallery has read what was changed in the database. */
    private void waitUntilIdentified(String userId, byte[] picture) throws Exception {
        Instant end = Instant.now().plusSeconds(30);
        Map<String, String> body = Map.of("image", RunningService.base64(picture));
        while (!service.postJson("/identify", body)
                        .body()
                        .path("user_id")
                        .asText()
                        .equals(userId)
                && Instant.now().isBefore(end)) {
            Thread.sleep(100);
        }
    }

    private void rename(String userId, String to) throws Exception {
        EmbeddedPostgres.Access access =
                EmbeddedPostgres.running(folder.resolve("data")).orElseThrow();
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "insert into people select '%2$s', name, created_at, updated_at, consent_at from people where user_id = '%1$s'",
                    "insert into face_embeddings (user_id, model, embedding, quality, created_at, sealed_with)"
                            + " select '%2$s', model, embedding, quality, created_at, sealed_with"
                            + " from face_embeddings where user_id = '%1$s'",
                    "delete from people where user_id = '%1$s'")) {
                statement.executeUpdate(sql.formatted(userId, to));
            }
        }
    }
}
