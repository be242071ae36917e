package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.service.RunningService.Answer;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of sites, on the site of the tests' key. */
class SitesIT {

    private static final String DEFAULT = "/v1/sites/default";
    private static final Map<String, Object> POSITION =
            Map.of("latitude", 36.7213, "longitude", -4.4210, "accuracy_m", 20);

    private static RunningService service;

    @BeforeEach
    void enroll() throws Exception {
        service = SharedService.withoutPeople();
        service.enroll("manuel", Pictures.portrait("manuel"));
    }

    @AfterEach
    void reset() throws Exception {
        change("day_starts_at", null, "geofence", null, "directions_allowed", null, "liveness", null);
    }

    @Test
    void ruleOfASite_holdsForTheNextMark() throws Exception {
        change("directions_allowed", false);
        assertThat(mark(Map.of("direction", "in")).code()).isEqualTo("DIRECTION_NOT_ALLOWED");
        assertThat(mark(Map.of()).status()).isEqualTo(200);

        change("directions_allowed", null, "liveness", "off");
        Answer second = mark(Map.of("direction", "in"));
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().path("liveness").isNull()).isTrue();
        assertThat(second.body().at("/attendance/direction").asText()).isEqualTo("in");
        assertThat(refusals()).containsExactly("DIRECTION_NOT_ALLOWED");
    }

    @Test
    void geofence_acceptsPositionsWithinItAlone() throws Exception {
        change("geofence", Map.of("latitude", 36.7213, "longitude", -4.4214, "radius_m", 100));

        assertThat(mark(Map.of()).code()).isEqualTo("OUTSIDE_SITE");
        assertThat(mark(Map.of("position", with("accuracy_m", 500))).code()).isEqualTo("OUTSIDE_SITE");
        assertThat(mark(Map.of("position", with("latitude", 36.8))).code()).isEqualTo("OUTSIDE_SITE");
        assertThat(mark(Map.of("position", POSITION)).status()).isEqualTo(200);

        List<String> details = new ArrayList<>();
        audit().forEach(entry -> details.add(entry.path("details").toString()));
        assertThat(details).hasSize(3).noneMatch(text -> text.contains("36.") || text.contains("4.42"));
        assertThat(details.get(0)).contains("\"position\":\"outside\"").contains("\"distance\":\"up_to_10000_m\"");
        assertThat(service.log()).doesNotContain("36.7213");
    }

    @Test
    void positionThatIsIncomplete_isNotValid() throws Exception {
        Answer reply = mark(Map.of("position", Map.of("latitude", 1)));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().path("field").asText()).isEqualTo("position");
    }

    @Test
    void lateMark_countsOnTheDayOnWhichItWasCaptured() throws Exception {
        Instant yesterday = Instant.now().minus(24, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

        Answer late = mark(Map.of("captured_at", yesterday.toString()));
        Answer now = mark(Map.of());

        assertThat(late.body().at("/attendance/marked_at").asText()).isEqualTo(yesterday.toString());
        assertThat(late.body().at("/attendance/number").asInt()).isEqualTo(1);
        assertThat(now.body().at("/attendance/number").asInt()).isEqualTo(1);
        assertThat(now.body().at("/attendance/direction").asText()).isEqualTo("in");
        assertThat(service.get("/v1/attendance?user_id=manuel")
                        .body()
                        .at("/items/0/source")
                        .asText())
                .isEqualTo("late");
    }

    @Test
    void markThatIsTooLate_isRefusedAndLogged() throws Exception {
        Instant then = Instant.now().minus(73, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

        Answer reply = mark(Map.of("captured_at", then.toString()));

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("TOO_LATE");
        assertThat(reply.body().path("late_mark_hours").asInt()).isEqualTo(72);
        assertThat(refusals()).containsExactly("TOO_LATE");
        assertThat(audit().get(0).at("/details/captured_at").asText()).isEqualTo(then.toString());
        assertThat(mark(Map.of("captured_at", Instant.now().plusSeconds(120).toString()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void sites_areAddedReadAndChanged() throws Exception {
        String id = "site-" + System.nanoTime();
        Answer created = service.postJson(
                "/v1/sites",
                Map.of("site", id, "name", "Málaga", "time_zone", "Europe/Madrid", "day_starts_at", "05:00"));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body().at("/in_force/day_starts_at").asText()).isEqualTo("05:00");
        assertThat(created.body().at("/in_force/max_marks_per_day").asInt()).isEqualTo(2);
        assertThat(service.postJson("/v1/sites", Map.of("site", id, "name", "X"))
                        .code())
                .isEqualTo("SITE_EXISTS");

        Answer closed = patch("/v1/sites/" + id, "{\"active\": false, \"day_starts_at\": null}");
        assertThat(closed.body().path("active").asBoolean(true)).isFalse();
        assertThat(service.get("/v1/sites/" + id).body()).isEqualTo(closed.body());
        assertThat(service.get("/v1/sites").body().path("items").findValuesAsText("site"))
                .contains("default", id);
        assertThat(patch("/v1/sites/nowhere", "{}").code()).isEqualTo("SITE_NOT_FOUND");
    }

    @Test
    void fieldThatIsNotValid_isNamed() throws Exception {
        for (String field : List.of(
                "time_zone",
                "max_marks_per_day",
                "min_seconds_between",
                "day_starts_at",
                "target_false_match_rate",
                "liveness",
                "directions_allowed",
                "geofence",
                "active",
                "name",
                "colour")) {
            Answer reply = patch(DEFAULT, "{\"" + field + "\": [7]}");
            assertThat(reply.status()).as(field).isEqualTo(400);
            assertThat(reply.body().path("field").asText()).isEqualTo(field);
        }
        assertThat(patch(DEFAULT, "{\"active\": false}").body().path("field").asText())
                .isEqualTo("active");
    }

    private static void change(Object... namesAndValues) throws Exception {
        Map<String, Object> body = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            body.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        Answer reply = patch(DEFAULT, new ObjectMapper().writeValueAsString(body));
        assertThat(reply.status()).as(Arrays.toString(namesAndValues)).isEqualTo(200);
    }

    private static Answer patch(String path, String body) throws Exception {
        return service.send(HttpRequest.newBuilder(service.address().resolve(path))
                .header("X-API-Key", RunningService.KEY)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
    }

    private static Map<String, Object> with(String field, Object value) {
        Map<String, Object> position = new HashMap<>(POSITION);
        position.put(field, value);
        return position;
    }

    private static Answer mark(Map<String, Object> fields) throws Exception {
        Map<String, Object> body = new HashMap<>(fields);
        body.put("user_id", "manuel");
        body.put("image", RunningService.base64(Pictures.portrait("manuel")));
        return service.postJson("/recognize", body);
    }

    private static JsonNode audit() throws Exception {
        return service.get("/v1/audit?user_id=manuel&action=RECOGNITION_REFUSED&limit=3")
                .body()
                .path("items");
    }

    private static List<String> refusals() throws Exception {
        return service.get("/v1/audit?user_id=manuel&action=RECOGNITION_REFUSED&limit=1")
                .body()
                .path("items")
                .findValuesAsText("code");
    }
}
