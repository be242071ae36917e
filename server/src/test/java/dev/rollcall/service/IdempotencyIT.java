package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.service.RunningService.Answer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** POST /recognize with an Idempotency-Key. */
class IdempotencyIT {

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(folder, settings());
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    private static byte[] enrolled(String person) throws Exception {
        byte[] picture = Pictures.portrait(person);
        assertThat(service.enroll(person, picture).status()).isEqualTo(201);
        return picture;
    }

    private static Map<String, String> settings() {
        return Map.of("API_KEY", RunningService.KEY, "TIME_ZONE", MarkStream.noonZone());
    }

    @Test
    void sameRequestUnderAKey_isAnsweredTheSameAlsoAfterAKill() throws Exception {
        byte[] picture = enrolled("manuel");
        Answer first = service.recognize("manuel", picture, "key-1");
        Answer again = service.recognize("manuel", picture, "key-1");
        service.kill();
        service = RunningService.start(folder, settings());
        Answer afterKill = service.recognize("manuel", picture, "key-1");

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(afterKill.body()).isEqualTo(first.body());
        assertThat(service.marksOf("manuel")).hasSize(1);
        assertThat(service.recognize("manuel", picture, "key-1b").status()).isEqualTo(200);
        assertThat(service.marksOf("manuel")).hasSize(2);
    }

    @Test
    void sameRequestAsAForm_isTheSameRequest() throws Exception {
        byte[] picture = enrolled("elizabeth");
        Answer json = service.recognize("elizabeth", picture, "key-2b");
        Answer again = service.send(HttpRequest.newBuilder(service.address().resolve("/recognize"))
                .header("X-API-Key", RunningService.KEY)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .header("Idempotency-Key", "key-2b")
                .POST(HttpRequest.BodyPublishers.ofByteArray(RunningService.form("elizabeth", picture))));

        assertThat(again.body()).isEqualTo(json.body());
        assertThat(service.marksOf("elizabeth")).hasSize(1);
    }

    @Test
    void requestsAtOnceUnderAKey_areOneMarkAndOneAnswer() throws Exception {
        byte[] picture = enrolled("felipe");
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(clients.submit(() -> service.recognize("felipe", picture, "key-3")));
            }
            Set<String> bodies = new HashSet<>();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
                bodies.add(answer.get().body().toString());
            }
            assertThat(bodies).hasSize(1);
            assertThat(service.marksOf("felipe")).hasSize(1);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void otherRequestUnderTheSameKey_isRefused() throws Exception {
        byte[] picture = enrolled("pierre");
        service.recognize("pierre", picture, "key-4");

        Answer otherPicture = service.recognize("pierre", Pictures.anotherOf("pierre"), "key-4");
        Answer otherPerson = service.recognize("somebody", picture, "key-4");

        for (Answer answer : List.of(otherPicture, otherPerson)) {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        }
        assertThat(service.marksOf("pierre")).hasSize(1);
    }

    @Test
    void refusals_areAnsweredTheSame() throws Exception {
        byte[] picture = enrolled("william");
        byte[] stranger = Pictures.portrait("geronimo");
        Answer notMatched = service.recognize("william", stranger, "not-matched");
        Answer noFace = service.recognize("william", Pictures.withoutFace(), "no-face");
        Answer unknown = service.recognize("late", stranger, "unknown");
        service.recognize("william", picture);
        service.recognize("william", picture);
        Answer limit = service.recognize("william", picture, "limit");
        assertThat(service.enroll("late", stranger).status()).isEqualTo(201);

        assertThat(service.recognize("william", stranger, "not-matched").body()).isEqualTo(notMatched.body());
        assertThat(service.recognize("william", Pictures.withoutFace(), "no-face")
                        .body())
                .isEqualTo(noFace.body());
        assertThat(service.recognize("late", stranger, "unknown").body()).isEqualTo(unknown.body());
        assertThat(service.recognize("william", picture, "limit").body()).isEqualTo(limit.body());
        assertThat(List.of(notMatched.code(), noFace.code(), unknown.code(), limit.code()))
                .containsExactly("NOT_MATCHED", "NO_FACE", "NOT_ENROLLED", "DAILY_LIMIT_REACHED");
    }

    @Test
    void keyOfWrongForm_isRefused() throws Exception {
        byte[] picture = enrolled("segoyewatha");
        for (String key : List.of("with space", "k".repeat(256), "")) {
            Answer answer = service.recognize("segoyewatha", picture, key);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().path("field").asText()).isEqualTo("Idempotency-Key");
        }
        assertThat(service.marksOf("segoyewatha")).isEmpty();
    }
}
