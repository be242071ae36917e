package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of HTTP, against the packaged service. */
class ServiceIT {

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
        for (String person : List.of("geronimo", "manuel", "elizabeth")) {
            assertThat(service.enroll(person, Pictures.portrait(person)).status())
                    .isEqualTo(201);
        }
    }

    @AfterEach
    void serviceGoesOnWithoutStackTraces() throws Exception {
        assertThat(service.get("/health", "").status()).isEqualTo(200);
        assertThat(service.log()).doesNotContain("\tat ");
    }

    @Test
    void health_needsNoKeyAndTellsAll() throws Exception {
        Answer answer = service.send(HttpRequest.newBuilder(service.address().resolve("/health")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("status").asText()).isEqualTo("ok");
        assertThat(answer.body().path("version").asText()).isNotBlank();
        assertThat(answer.body().at("/engine/loaded").asBoolean()).isTrue();
        assertThat(answer.body().at("/engine/model").asText()).startsWith("face-embedder@");
        assertThat(answer.body().at("/engine/liveness").asText()).isEqualTo("monitor");
        assertThat(answer.body().at("/database/kind").asText()).isEqualTo("embedded");
        assertThat(answer.body().at("/database/ok").asBoolean()).isTrue();
        assertThat(answer.body().path("time_zone").asText()).isEqualTo(MarkStream.noonZone());
        assertThat(answer.body().path("uptime_s").isIntegralNumber()).isTrue();
    }

    @Test
    void enrollment_answersWithWhatWasSeen() throws Exception {
        Answer answer = service.enroll("frederik", Pictures.portrait("frederik"));

        assertThat(answer.status()).isEqualTo(201);
        JsonNode body = answer.body();
        assertThat(body.path("user_id").asText()).isEqualTo("frederik");
        assertThat(body.path("name").asText()).isEqualTo("Name of frederik");
        assertThat(body.path("templates").asInt()).isEqualTo(1);
        assertThat(body.at("/face/height").asInt()).isBetween(75, 95);
        assertThat(body.at("/quality/embedding_norm").asDouble()).isGreaterThan(2.7);
        assertThat(body.at("/liveness/score").isNumber()).isTrue();
        assertThat(body.path("model").asText()).startsWith("face-embedder@");
    }

    @Test
    void recognition_marksUntilTheDaysLimit() throws Exception {
        String person = enrolled("felipe");

        Answer first = service.recognize(person, Pictures.anotherOf("felipe"));
        Answer second = service.recognize(person, Pictures.anotherOf("felipe"));
        Answer third = service.recognize(person, Pictures.anotherOf("felipe"));

        assertThat(first.status()).isEqualTo(200);
        JsonNode body = first.body();
        assertThat(body.path("recognized").asBoolean()).isTrue();
        assertThat(body.path("confidence").asDouble())
                .isBetween(body.path("threshold").asDouble(), 1.0);
        assertThat(body.path("threshold").asDouble()).isEqualTo(0.8);
        assertThat(body.path("similarity").asDouble()).isBetween(0.45, 1.0);
        assertThat(body.at("/attendance/id").asLong()).isPositive();
        assertThat(Instant.parse(body.at("/attendance/marked_at").asText()))
                .isBefore(Instant.now().plusSeconds(5));
        assertThat(body.at("/attendance/work_date").asText())
                .isIn(
                        LocalDate.now(ZoneOffset.UTC).toString(),
                        LocalDate.now(ZoneOffset.UTC).minusDays(1).toString());
        assertThat(body.at("/attendance/number").asInt()).isEqualTo(1);
        assertThat(body.at("/attendance/direction").asText()).isEqualTo("in");
        assertThat(body.at("/attendance/remaining_today").asInt()).isEqualTo(1);
        assertThat(second.body().at("/attendance/direction").asText()).isEqualTo("out");
        assertThat(third.status()).isEqualTo(409);
        assertThat(third.code()).isEqualTo("DAILY_LIMIT_REACHED");
        assertThat(third.body().path("marks")).hasSize(2);
    }

    @Test
    void fiftyRequestsAtOnce_giveExactlyTwoMarks() throws Exception {
        String person = enrolled("pierre");
        byte[] picture = Pictures.anotherOf("pierre");
        ExecutorService clients = Executors.newFixedThreadPool(50);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(clients.submit(() -> service.recognize(person, picture)));
            }
            int marked = 0;
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isIn(200, 409, 503);
                marked += answer.get().status() == 200 ? 1 : 0;
            }
            assertThat(marked).isEqualTo(2);
            assertThat(service.get("/v1/attendance?user_id=" + person).body().path("items"))
                    .hasSize(2);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void anotherPersonsFace_isNotMatchedAndTellsNothingAboutOthers() throws Exception {
        Answer answer = service.recognize("geronimo", Pictures.portrait("manuel"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("NOT_MATCHED");
        assertThat(answer.body().path("confidence").asDouble()).isLessThan(0.8);
        assertThat(answer.body().toString()).doesNotContain("manuel").doesNotContain("Manuel");
        assertThat(service.get("/v1/attendance?user_id=geronimo").body().path("items"))
                .isEmpty();
    }

    @Test
    void unknownPerson_isNotEnrolled() throws Exception {
        Answer answer = service.recognize("nobody", Pictures.portrait("manuel"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("NOT_ENROLLED");
    }

    @Test
    void formWithAFile_isTaken() throws Exception {
        String person = enrolled("segoyewatha");
        byte[] form = RunningService.form(person, Pictures.anotherOf("segoyewatha"));

        Answer answer = service.post("/recognize", RunningService.KEY, "multipart/form-data; boundary=b", form);

        assertThat(answer.body().path("recognized").asBoolean())
                .as(answer.body().toString())
                .isTrue();
    }

    @Test
    void dataUrlInUrlSafeBase64_isTaken() throws Exception {
        String person = enrolled("william");
        String image = "data:image/jpeg;base64,"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(Pictures.anotherOf("william"));

        Answer answer = service.postJson("/recognize", Map.of("user_id", person, "image", image));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void faceOfAnEnrolledPerson_isNotEnrolledAgainUnderAnotherId() throws Exception {
        Answer answer = service.enroll("impostor", Pictures.anotherOf("geronimo"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("DUPLICATE_FACE");
        assertThat(answer.body().toString()).doesNotContain("geronimo");
    }

    @Test
    void anotherFaceForAPerson_needsReplace() throws Exception {
        Answer mismatch = service.enroll("elizabeth", Pictures.portrait("astronaut"));
        Answer replaced = service.postJson(
                "/enroll",
                Map.of(
                        "user_id",
                        "elizabeth",
                        "name",
                        "Eileen",
                        "image",
                        RunningService.base64(Pictures.portrait("astronaut")),
                        "replace",
                        true));

        assertThat(mismatch.code()).isEqualTo("FACE_MISMATCH");
        assertThat(mismatch.status()).isEqualTo(409);
        assertThat(replaced.status()).isEqualTo(201);
        assertThat(replaced.body().path("templates").asInt()).isEqualTo(1);
    }

    @Test
    void secondPictureOfAPerson_isAFurtherTemplate() throws Exception {
        assertThat(service.enroll("manuel", Pictures.anotherOf("manuel"))
                        .body()
                        .path("templates")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void attendance_isReadPageByPage() throws Exception {
        for (int mark = 0; mark < 2; mark++) {
            assertThat(service.recognize("manuel", Pictures.portrait("manuel")).status())
                    .isEqualTo(200);
        }
        List<JsonNode> all = new ArrayList<>();
        service.get("/v1/attendance?limit=1000").body().path("items").forEach(all::add);
        List<JsonNode> oneByOne = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = service.get("/v1/attendance?limit=1" + next).body();
            assertThat(page.path("items")).hasSize(1);
            oneByOne.add(page.at("/items/0"));
            next = page.path("next").isTextual() ? "&next=" + page.path("next").asText() : "";
        } while (!next.isEmpty());

        assertThat(all).hasSizeGreaterThanOrEqualTo(2);
        assertThat(oneByOne).isEqualTo(all);
        for (String wrong : List.of("limit=0", "limit=x", "next=!", "from=yesterday", "user_id=a%20b")) {
            assertThat(service.get("/v1/attendance?" + wrong).code()).isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    void requestId_isTheCallersIfDecent() throws Exception {
        for (Map.Entry<String, Boolean> given :
                Map.of("abc-1", true, "a b", false, "x".repeat(100), false).entrySet()) {
            Answer answer =
                    service.send(HttpRequest.newBuilder(service.address().resolve("/health"))
                            .header("X-Request-Id", given.getKey()));
            String id = answer.response().headers().firstValue("X-Request-Id").orElseThrow();
            assertThat(id.equals(given.getKey())).isEqualTo(given.getValue());
        }
    }

    @Test
    void nothingOfAPicture_isOnDisk() throws Exception {
        byte[] needle = Arrays.copyOfRange(Pictures.portrait("geronimo"), 1000, 1040);
        service.recognize("geronimo", Pictures.portrait("geronimo"));
        try (Stream<Path> files = Files.walk(SharedService.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(contentIfThere(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(new String(needle, StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** The bytes of a file; none if the database has removed the file since the folder was listed. */
    private static byte[] contentIfThere(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    private static String enrolled(String portrait) throws Exception {
        Answer answer = service.enroll(portrait, Pictures.portrait(portrait));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return portrait;
    }
}
