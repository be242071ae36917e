package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PINs: set, drawn and removed by administrators, and marks by number and PIN. */
class PinMarksIT {

    private static RunningService service;
    private static String kiosk;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
        service.enroll("pin-manuel", Pictures.portrait("manuel"));
        service.enroll("pin-pierre", Pictures.portrait("pierre"));
        kiosk = service.postJson("/v1/keys", Map.of("name", "kiosk for PINs", "scopes", List.of("recognize")))
                .body()
                .path("key")
                .asText();
    }

    @BeforeEach
    void allow() throws Exception {
        change("/v1/sites/default", "PATCH", "{\"pin_allowed\":true}");
    }

    @AfterEach
    void reset() throws Exception {
        change("/v1/sites/default", "PATCH", "{\"pin_allowed\":null}");
    }

    @Test
    void drawnPin_isShownOnceAndMarksOnceUnderItsKey() throws Exception {
        JsonNode set = change(path("pin-manuel"), "PUT", "").body();
        String pin = set.path("pin").asText();
        assertThat(pin).matches("\\d{6}");
        assertThat(service.get("/v1/people/pin-manuel/credentials").body().path("pin_set_at"))
                .isEqualTo(set.path("set_at"));

        Answer first = mark("pin-manuel", pin, "a key of this test");
        Answer again = mark("pin-manuel", pin, "a key of this test");

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(first.body().path("name").asText()).isEqualTo("Name of pin-manuel");
        JsonNode mark = service.marksOf("pin-manuel").get(0);
        assertThat(mark.path("source").asText()).isEqualTo("pin");
        assertThat(mark.path("confidence").isNull()).isTrue();
        assertThat(service.marksOf("pin-manuel")).hasSize(1);
        assertThat(service.get("/v1/attendance?source=pin&user_id=pin-manuel")
                        .body()
                        .path("items"))
                .hasSize(1);
        long id = mark.path("id").asLong();
        assertThat(service.post("/v1/attendance/" + id + "/undo", kiosk, "application/json", new byte[0])
                        .status())
                .isEqualTo(200);
        String everything = service.get("/v1/people/pin-manuel/export").body()
                + service.get("/v1/audit?limit=1000&order=newest").body().toString()
                + service.get("/v1/people/pin-manuel").body();
        assertThat(everything).doesNotContain("\"" + pin + "\"", "pbkdf2");
    }

    @Test
    void wrongPinsOfAnybody_areRefusedInTheSameWayUntilTheyAreLocked() throws Exception {
        change(path("pin-pierre"), "PUT", "{\"pin\":\"730518\"}");
        for (String userId : List.of("pin-pierre", "pin-nobody")) {
            for (int i = 0; i < 5; i++) {
                Answer wrong = mark(userId, "730519", null);
                assertThat(wrong.status()).isEqualTo(403);
                assertThat(wrong.body().path("detail").asText()).isEqualTo("Number or PIN is wrong.");
            }
            Answer locked = mark(userId, "730518", null);
            assertThat(locked.code()).isEqualTo("RATE_LIMITED");
            assertThat(locked.body().path("retry_after_s").asInt()).isBetween(800, 900);
        }
        assertThat(service.get("/v1/audit?action=PIN_LOCKED&user_id=pin-nobody")
                        .body()
                        .path("items"))
                .hasSize(1);

        change(path("pin-pierre"), "PUT", "{\"pin\":\"730518\"}");
        assertThat(mark("pin-pierre", "730518", null).status()).isEqualTo(200);
        change(path("pin-pierre"), "DELETE", "");
        assertThat(mark("pin-pierre", "730518", null).code()).isEqualTo("PIN_INVALID");
    }

    @Test
    void siteWithoutTheRule_takesNoPin() throws Exception {
        reset();

        assertThat(service.get("/v1/kiosk", kiosk).body().path("pin_allowed").asBoolean(true))
                .isFalse();
        assertThat(mark("pin-manuel", "730518", null).code()).isEqualTo("PIN_NOT_ALLOWED");
    }

    @Test
    void pinThatIsWeakOrNone_isNotSet() throws Exception {
        Answer weak = change(path("pin-manuel"), "PUT", "{\"pin\":\"1234\"}");
        assertThat(weak.status()).isEqualTo(422);
        assertThat(weak.code()).isEqualTo("PIN_TOO_WEAK");
        assertThat(weak.body().path("reason").asText()).isEqualTo("IN_ORDER");
        assertThat(change(path("pin-manuel"), "PUT", "{\"pin\":\"12\"}").code()).isEqualTo("INVALID_REQUEST");
        assertThat(change(path("pin-nobody"), "PUT", "{}").code()).isEqualTo("NOT_ENROLLED");
        for (String body : List.of(
                "{}",
                "{\"user_id\":\"pin-manuel\"}",
                "{\"user_id\":\"pin-manuel\",\"pin\":730518}",
                "{\"user_id\":\"pin-manuel\",\"pin\":\"730518\",\"captured_at\":\"2026-01-31T08:00:00Z\"}",
                "{\"user_id\":\"pin-manuel\",\"pin\":\"730518\",\"position\":{\"latitude\":1}}",
                "{\"user_id\":\"pin-manuel\",\"pin\":\"730518\",\"direction\":\"up\"}")) {
            assertThat(service.post("/v1/pin-marks", kiosk, "application/json", body.getBytes(StandardCharsets.UTF_8))
                            .code())
                    .as(body)
                    .isEqualTo("INVALID_REQUEST");
        }
    }

    private static String path(String userId) {
        return "/v1/people/" + userId + "/credentials/pin";
    }

    private static Answer mark(String userId, String pin, String idempotencyKey) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address().resolve("/v1/pin-marks"))
                .header("X-API-Key", kiosk)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"user_id\":\"" + userId + "\",\"pin\":\"" + pin + "\"}"));
        return service.send(
                idempotencyKey == null ? request : request.header("Idempotency-Key", idempotencyKey.replace(' ', '-')));
    }

    private static Answer change(String path, String method, String body) throws Exception {
        return service.send(HttpRequest.newBuilder(service.address().resolve(path))
                .header("X-API-Key", RunningService.KEY)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }
}
