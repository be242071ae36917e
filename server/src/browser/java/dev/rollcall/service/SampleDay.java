package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** People of the portraits and a day of their marks, so that the pages have something to show. */
record SampleDay(RunningService service, String key) {

    static final ZoneId ZONE = ZoneId.of("Europe/Madrid");

    /** Everybody of the portraits but geronimo, whom tests enroll by camera. */
    static final List<String> OTHERS =
            List.of("astronaut", "elizabeth", "felipe", "frederik", "manuel", "pierre", "segoyewatha", "william");

    static LocalDate yesterday() {
        return LocalDate.now(ZONE).minusDays(1);
    }

    void enrollAll() throws Exception {
        for (String name : OTHERS) {
            enroll(name);
        }
    }

    void enroll(String name) throws Exception {
        Map<String, Object> person = Map.of(
                "user_id", name, "name", shown(name), "image", image(name), "consent_at", "2026-09-01T08:00:00Z");
        assertThat(service.postJson("/enroll", key, person).status()).as(name).isEqualTo(201);
    }

    private static String shown(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String image(String name) throws Exception {
        return RunningService.base64(Pictures.portrait(name));
    }

    /** Enrolls everybody, with marks of yesterday at a kiosk: one has no second one, one has none. */
    void fill() throws Exception {
        enrollAll();
        String kiosk = pairKiosk("North gate");
        for (int i = 0; i < OTHERS.size(); i++) {
            String name = OTHERS.get(i);
            if (i != 5) {
                mark(kiosk, name, LocalTime.of(7, 38).plusMinutes(7L * i));
            }
            if (i != 3 && i != 5) {
                mark(kiosk, name, LocalTime.of(16, 2).plusMinutes(9L * i));
            }
        }
    }

    private void mark(String kiosk, String userId, LocalTime time) throws Exception {
        String at = yesterday().atTime(time).atZone(ZONE).toInstant().toString();
        assertThat(recognize(kiosk, Map.of("user_id", userId, "image", image(userId), "captured_at", at)))
                .as(userId)
                .isEqualTo(200);
    }

    private int recognize(String with, Map<String, Object> body) throws Exception {
        return service.postJson("/recognize", with, body).status();
    }

    /** Marks of today, a refused attempt, another place and a shift: what the other screens show. */
    void fillTheOtherScreens() throws Exception {
        for (String name : List.of("manuel", "astronaut", "william")) {
            assertThat(recognize(key, Map.of("user_id", name, "image", image(name))))
                    .isEqualTo(200);
        }
        assertThat(recognize(key, Map.of("user_id", "felipe", "image", image("pierre"))))
                .isEqualTo(403);
        patch("/v1/sites/default", new JsonObject().put("name", "Workshop"));
        assertThat(service.postJson("/v1/sites", key, Map.of("site", "malaga", "name", "Málaga"))
                        .status())
                .isEqualTo(201);
        planShifts();
    }

    /** A shift that somebody has worked since long ago, and a holiday. */
    private void planShifts() throws Exception {
        Map<String, Object> shift =
                Map.of("shift", "day", "name", "Day", "start", "08:00", "end", "16:30", "days", List.of(1, 2, 3, 4, 5));
        Map<String, Object> assignment = Map.of("shift", "day", "user_id", "manuel", "from", "2026-01-01");
        Map<String, Object> holiday = Map.of("date", "2026-12-25", "name", "Christmas Day", "yearly", true);
        assertThat(service.postJson("/v1/shifts", key, shift).status()).isEqualTo(201);
        assertThat(service.postJson("/v1/assignments", key, assignment).status())
                .isEqualTo(201);
        assertThat(service.postJson("/v1/holidays", key, holiday).status()).isEqualTo(201);
    }

    /** Pairs a kiosk of the default site; answers its key. */
    String pairKiosk(String name) throws Exception {
        JsonNode pairing = service.postJson("/v1/pairings", key, Map.of("name", name, "site", "default"))
                .body();
        RunningService.Answer paired = service.postJson(
                "/v1/pairings/redeem", Map.of("code", pairing.path("code").asText()));
        assertThat(paired.status()).as(name).isEqualTo(201);
        return paired.body().path("key").asText();
    }

    /** Gives a person another name, group and number in another system. */
    void rename(String userId, String name, String group, String externalId) throws Exception {
        patch(
                "/v1/people/" + userId,
                new JsonObject().put("name", name).put("group", group).put("external_id", externalId));
    }

    private void patch(String path, JsonObject change) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address().resolve(path))
                .header("X-API-Key", key)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(change.encode()));
        assertThat(service.send(request).status()).as(change.encode()).isEqualTo(200);
    }
}
