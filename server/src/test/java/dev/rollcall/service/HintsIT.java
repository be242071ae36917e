package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** POST /v1/hints. */
class HintsIT {

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
    }

    @Test
    void goodFace_isReadyWithItsBox() throws Exception {
        JsonNode hint = hint("", Pictures.portrait("geronimo")).body();

        assertThat(hint.path("ready").asBoolean()).isTrue();
        assertThat(hint.path("hint").isNull()).isTrue();
        assertThat(hint.path("message").isNull()).isTrue();
        JsonNode box = hint.path("face");
        assertThat(box.path("x").asInt() + box.path("width").asInt())
                .isLessThan(hint.path("width").asInt());
        assertThat(box.path("y").asInt() + box.path("height").asInt())
                .isLessThan(hint.path("height").asInt());
    }

    @Test
    void frameWithoutFace_saysSoInTheLanguageOfTheRequest() throws Exception {
        Answer answer = service.send(HttpRequest.newBuilder(service.address().resolve("/v1/hints"))
                .header("X-API-Key", RunningService.KEY)
                .header("Accept-Language", "de")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"image\":\"" + RunningService.base64(Pictures.withoutFace()) + "\"}")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("Content-Language")).contains("de");
        assertThat(answer.body().path("ready").asBoolean()).isFalse();
        assertThat(answer.body().path("hint").asText()).isEqualTo("NO_FACE");
        assertThat(answer.body().path("message").asText()).isEqualTo("Bitte stellen Sie sich vor die Kamera.");
        assertThat(answer.body().path("face").isNull()).isTrue();
    }

    @Test
    void faceThatIsLargeEnoughInTheFullPicture_isReadyOnlyWithItsWidth() throws Exception {
        byte[] small = Pictures.tinyFace();

        assertThat(hint("", small).body().path("hint").asText()).isEqualTo("FACE_TOO_SMALL");
        assertThat(hint("?full_width=1280", small).body().path("ready").asBoolean())
                .isTrue();
    }

    @Test
    void hint_leavesNothingBehind() throws Exception {
        int entries = total("/v1/audit");
        int marks = total("/v1/attendance");

        assertThat(hint("?purpose=enroll", Pictures.portrait("manuel")).status())
                .isEqualTo(200);

        assertThat(total("/v1/audit")).isEqualTo(entries);
        assertThat(total("/v1/attendance")).isEqualTo(marks);
    }

    @Test
    void wrongInput_isRefused() throws Exception {
        assertThat(hint("", new byte[] {1, 2, 3}).code()).isEqualTo("INVALID_IMAGE");
        assertThat(hint("?full_width=0", Pictures.portrait("manuel")).code()).isEqualTo("INVALID_REQUEST");
        assertThat(hint("?full_width=100000", Pictures.portrait("manuel")).code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(hint("?purpose=test", Pictures.portrait("manuel")).code()).isEqualTo("INVALID_REQUEST");
        assertThat(hint("", new byte[1_500_000]).code()).isEqualTo("PAYLOAD_TOO_LARGE");
    }

    private static int total(String list) throws Exception {
        return service.get(list + "?limit=1&total=true").body().path("total").asInt();
    }

    private static Answer hint(String query, byte[] frame) throws Exception {
        return service.postJson("/v1/hints" + query, Map.of("image", RunningService.base64(frame)));
    }
}
