package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** POST /v1/inspect. */
class InspectIT {

    private static final int POINTS = 68;

    private static RunningService service;

    @BeforeAll
    static void enroll() throws Exception {
        service = SharedService.withoutPeople();
        for (String name : new String[] {"geronimo", "manuel", "felipe"}) {
            assertThat(service.enroll(name, Pictures.portrait(name)).status()).isEqualTo(201);
        }
    }

    @Test
    void face_isShownWithItsPointsAndTheMostSimilarPeople() throws Exception {
        Answer seen = inspect(Pictures.portrait("geronimo"));

        assertThat(seen.status()).isEqualTo(200);
        JsonNode box = seen.body().path("face");
        JsonNode points = seen.body().path("points");
        assertThat(points).hasSize(2 * POINTS);
        double middle = (points.get(2 * 36).asDouble() + points.get(2 * 45).asDouble()) / 2;
        assertThat(middle)
                .isBetween(
                        box.path("x").asDouble(),
                        box.path("x").asDouble() + box.path("width").asDouble());
        JsonNode similar = seen.body().path("similar");
        assertThat(similar).hasSize(3);
        assertThat(similar.get(0).path("user_id").asText()).isEqualTo("geronimo");
        assertThat(similar.get(0).path("confidence").asDouble()).isGreaterThan(0.99);
        assertThat(similar.get(1).path("similarity").asDouble())
                .isGreaterThanOrEqualTo(similar.get(2).path("similarity").asDouble());
        assertThat(seen.body().path("threshold").asDouble()).isEqualTo(0.8);
        assertThat(seen.body().path("liveness").path("live").asBoolean()).isTrue();
        assertThat(StreamSupport.stream(seen.body().path("checks").spliterator(), false))
                .hasSize(10)
                .allMatch(check -> check.path("recognize").path("passes").asBoolean());
    }

    @Test
    void picture_leavesNothingBehind() throws Exception {
        int entries = total("/v1/audit");
        int marks = total("/v1/attendance");

        assertThat(inspect(Pictures.portrait("manuel")).status()).isEqualTo(200);

        assertThat(total("/v1/audit")).isEqualTo(entries);
        assertThat(total("/v1/attendance")).isEqualTo(marks);
        assertThat(service.get("/v1/people/manuel").body().path("templates").asInt())
                .isEqualTo(1);
    }

    @Test
    void pictureWithoutAFace_isRefused() throws Exception {
        assertThat(inspect(Pictures.withoutFace()).code()).isEqualTo("NO_FACE");
        assertThat(inspect(new byte[] {1, 2, 3}).code()).isEqualTo("INVALID_IMAGE");
    }

    private static int total(String list) throws Exception {
        return service.get(list + "?limit=1&total=true").body().path("total").asInt();
    }

    private static Answer inspect(byte[] picture) throws Exception {
        return service.postJson("/v1/inspect", Map.of("image", RunningService.base64(picture)));
    }
}
