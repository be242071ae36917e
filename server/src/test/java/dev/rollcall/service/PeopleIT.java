package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The people of a service, and their way into another one. */
class PeopleIT {

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service =
                RunningService.start(folder, Map.of("API_KEY", RunningService.KEY, "TIME_ZONE", MarkStream.noonZone()));
        for (String person : List.of("manuel", "geronimo", "elizabeth")) {
            assertThat(service.enroll(person, Pictures.portrait(person)).status())
                    .isEqualTo(201);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void people_areListedPageByPage() throws Exception {
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            Answer page = service.get("/v1/people?limit=2" + next);
            assertThat(page.status()).isEqualTo(200);
            page.body()
                    .path("items")
                    .forEach(item -> ids.add(item.path("user_id").asText()));
            next = page.body().path("next").isTextual()
                    ? "&next=" + page.body().path("next").asText()
                    : "";
        } while (!next.isEmpty());

        assertThat(ids).containsExactly("elizabeth", "geronimo", "manuel");
        assertThat(service.get("/v1/people", "wrong").status()).isEqualTo(401);
        assertThat(service.get("/v1/people?limit=0").code()).isEqualTo("INVALID_REQUEST");
        assertThat(service.get("/v1/people?next=%25").code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void person_isReadWithoutTemplates() throws Exception {
        JsonNode person = service.get("/v1/people/manuel").body();

        assertThat(person.path("name").asText()).isEqualTo("Name of manuel");
        assertThat(person.path("templates").asInt()).isEqualTo(1);
        assertThat(person.size()).isEqualTo(10);
        assertThat(service.get("/v1/people/nobody").code()).isEqualTo("NOT_ENROLLED");
        assertThat(service.get("/v1/people/no%20body").code()).isEqualTo("NOT_ENROLLED");
    }

    @Test
    void oneUserId_isListedAlone() throws Exception {
        JsonNode page = service.get("/v1/people?user_id=manuel").body();

        assertThat(page.path("items"))
                .singleElement()
                .isEqualTo(service.get("/v1/people/manuel").body());
        assertThat(page.path("next").isNull()).isTrue();
        assertThat(service.get("/v1/people?user_id=nobody").body().path("items"))
                .isEmpty();
        assertThat(service.get("/v1/people?user_id=a%00").code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void segmentsThatAreNoUserId_areNotFound() throws Exception {
        for (String call : List.of(
                "GET /v1/people/%s", "GET /v1/people/%s/export", "DELETE /v1/people/%s", "GET /v1/attendance/%s")) {
            for (String segment : List.of("%00", "a%00b", "%FF", "%C0%80", "a%2Fb", "%0A", "%20", "a".repeat(65))) {
                String line = call.formatted(segment);
                String head = line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-API-Key: ";
                assertThat(RawRequest.send(service.address(), head + RunningService.KEY + "\r\n\r\n")
                                .status())
                        .as(line)
                        .isEqualTo(404);
            }
        }
        for (String query : List.of("user_id=%00", "from=%00", "to=%00", "next=%00", "limit=%00")) {
            assertThat(service.get("/v1/attendance?" + query).status())
                    .as(query)
                    .isEqualTo(400);
        }
    }

    @Test
    void erasedPerson_isForgottenAndTheMarksStay() throws Exception {
        byte[] picture = Pictures.portrait("frederik");
        assertThat(service.enroll("frederik", picture).status()).isEqualTo(201);
        service.recognize("frederik", picture, "a-key");

        Answer erased = service.delete("/v1/people/frederik");

        assertThat(erased.status()).isEqualTo(200);
        assertThat(erased.body().path("templates_removed").asInt()).isEqualTo(1);
        assertThat(erased.body().path("marks_kept").asInt()).isEqualTo(1);
        assertThat(service.delete("/v1/people/frederik").code()).isEqualTo("NOT_ENROLLED");
        assertThat(service.recognize("frederik", picture).code()).isEqualTo("NOT_ENROLLED");
        assertThat(service.recognize("frederik", picture, "a-key").code()).isEqualTo("NOT_ENROLLED");
        assertThat(service.marksOf("frederik"))
                .singleElement()
                .satisfies(mark -> assertThat(mark.path("name").isNull()).isTrue());
        assertThat(service.enroll("again", picture).status()).isEqualTo(201);
        assertThat(service.delete("/v1/people/again").status()).isEqualTo(200);
    }

    @Test
    void exportOfARunningService_isImportedIntoAnotherFolder() throws Exception {
        byte[] picture = Pictures.portrait("manuel");
        service.recognize("manuel", picture);
        Path log = folder.resolve("command.log");
        Map<String, String> settings = Map.of("API_KEY", RunningService.KEY, "TIME_ZONE", MarkStream.noonZone());

        assertThat(RunningService.run(folder, log, settings, "export", "backup.jsonl.gz"))
                .as(Files.readString(log))
                .isZero();
        assertThat(RunningService.run(folder, log, settings, "export", "backup.jsonl.gz"))
                .isEqualTo(1);
        Path other = Files.createDirectory(folder.resolve("other"));
        String file = folder.resolve("backup.jsonl.gz").toString();
        for (int time = 0; time < 2; time++) {
            assertThat(RunningService.run(other, log, settings, "import", file))
                    .as(Files.readString(log))
                    .isZero();
        }

        try (RunningService moved = RunningService.start(other, settings)) {
            assertThat(moved.marksOf("manuel")).isEqualTo(service.marksOf("manuel"));
            assertThat(moved.get("/v1/people").body())
                    .isEqualTo(service.get("/v1/people").body());
            assertThat(moved.recognize("manuel", picture)
                            .body()
                            .at("/attendance/number")
                            .asInt())
                    .isEqualTo(2);
        }
        assertThat(RunningService.run(other, log, settings, "import", "nowhere.gz"))
                .isEqualTo(1);
        assertThat(Files.readString(log)).contains("there is no file").doesNotContain("\tat ");
    }
}
