package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Identification over HTTP, against the packaged service. */
class IdentifyIT {

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
        for (String person : List.of("geronimo", "manuel", "elizabeth")) {
            assertThat(service.enroll(person, Pictures.portrait(person)).status())
                    .isEqualTo(201);
        }
    }

    @Test
    void enrolledPerson_isFoundAtOnceAndMarkedIfAsked() throws Exception {
        Answer found = service.postJson("/identify", Map.of("image", base64("geronimo")));
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body().path("user_id").asText()).isEqualTo("geronimo");
        assertThat(found.body().path("margin").asDouble()).isGreaterThan(0.5);
        assertThat(found.body().path("attendance").isNull()).isTrue();
        assertThat(marksOf("geronimo")).isEmpty();

        Answer marked =
                service.postJson("/identify", Map.of("image", base64("geronimo"), "mark", true, "direction", "out"));
        assertThat(marked.status()).isEqualTo(200);
        assertThat(marked.body().at("/attendance/direction").asText()).isEqualTo("out");
        assertThat(marksOf("geronimo")).hasSize(1);
    }

    @Test
    void severalImages_areIdentifiedInJsonAndAsAForm() throws Exception {
        Answer json = service.postJson("/identify", Map.of("images", List.of(base64("manuel"), base64("manuel"))));
        Answer form = service.post("/identify", RunningService.KEY, "multipart/form-data; boundary=b", twice("manuel"));

        assertThat(json.body().path("user_id").asText()).isEqualTo("manuel");
        assertThat(form.body()).isEqualTo(json.body());
    }

    @Test
    void imagesOfTwoPeople_areRefused() throws Exception {
        Answer answer = service.postJson("/identify", Map.of("images", List.of(base64("manuel"), base64("geronimo"))));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("code").asText()).isEqualTo("DIFFERENT_FACES");
    }

    @Test
    void stranger_isNotRecognisedAndTheAnswerNamesNobody() throws Exception {
        Answer answer = service.postJson("/identify", Map.of("image", base64("felipe"), "mark", true));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().path("code").asText()).isEqualTo("NOT_RECOGNIZED");
        assertThat(answer.body().properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("type", "title", "status", "code", "detail", "message", "threshold");
    }

    @Test
    void directionWithoutAMark_isRefused() throws Exception {
        Answer answer = service.postJson("/identify", Map.of("image", base64("manuel"), "direction", "in"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("field").asText()).isEqualTo("direction");
    }

    @Test
    void personWhoIsErased_isNoLongerFound() throws Exception {
        assertThat(service.postJson("/identify", Map.of("image", base64("elizabeth")))
                        .status())
                .isEqualTo(200);
        service.delete("/v1/people/elizabeth");

        assertThat(service.postJson("/identify", Map.of("image", base64("elizabeth")))
                        .status())
                .isEqualTo(403);
    }

    /** A form with the same picture as two files. */
    private static byte[] twice(String person) throws Exception {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (int i = 0; i < 2; i++) {
            form.write("--b\r\nContent-Disposition: form-data; name=\"images\"; filename=\"a.png\"\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));
            form.write(Pictures.portrait(person));
            form.write("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        form.write("--b--\r\n".getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    private static JsonNode marksOf(String person) throws Exception {
        return service.get("/v1/attendance?user_id=" + person).body().path("items");
    }

    private static String base64(String person) throws Exception {
        return RunningService.base64(Pictures.portrait(person));
    }
}
