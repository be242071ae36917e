package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Corrections of marks, and lists of them, over HTTP. */
class CorrectionsIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static RunningService service;
    private static Instant noonYesterday;

    @BeforeAll
    static void enroll() throws Exception {
        service = SharedService.withoutPeople();
        noonYesterday = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12));
        for (String person : List.of("geronimo", "manuel", "elizabeth")) {
            assertThat(service.enroll(person, Pictures.portrait(person)).status())
                    .isEqualTo(201);
        }
    }

    @Test
    void correctedMark_isListedWithItsHistory() throws Exception {
        Answer added = add("geronimo", 0, "in");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.body().path("pending").asBoolean()).isFalse();
        long first = added.body().at("/mark/id").asLong();

        Answer corrected = service.postJson(
                "/v1/attendance/" + first + "/correct", Map.of("direction", "out", "reason", " Was leaving \u00e9 "));
        long second = corrected.body().at("/mark/id").asLong();

        assertThat(corrected.status()).isEqualTo(201);
        JsonNode items = service.get("/v1/attendance?user_id=geronimo").body().path("items");
        assertThat(items).hasSize(1);
        assertThat(items.get(0).path("id").asLong()).isEqualTo(second);
        assertThat(items.get(0).path("source").asText()).isEqualTo("manual");
        assertThat(items.get(0).path("confidence").isNull()).isTrue();
        assertThat(items.get(0).path("time_zone").asText()).isEqualTo(MarkStream.noonZone());
        assertThat(items.get(0).path("corrects").asLong()).isEqualTo(first);
        JsonNode old = service.get("/v1/attendance?user_id=geronimo&state=replaced")
                .body()
                .at("/items/0");
        assertThat(old.path("corrected_by").asLong()).isEqualTo(second);
        assertThat(old.path("direction").asText()).isEqualTo("in");
        JsonNode history =
                service.get("/v1/attendance/" + first + "/history").body().path("items");
        assertThat(history.findValuesAsText("action")).containsExactly("added", "replaced");
        assertThat(history.findValuesAsText("reason")).containsExactly("Forgot the card.", "Was leaving \u00e9");
        assertThat(service.postJson("/v1/attendance/" + first + "/void", Map.of("reason", "Twice"))
                        .code())
                .isEqualTo("ALREADY_CORRECTED");
    }

    @Test
    void markThatWasSeenOtherwise_isAConflict() throws Exception {
        long id = add("manuel", 0, "in").body().at("/mark/id").asLong();
        String seen = header("GET", "/v1/attendance/" + id, "X-None", "")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        add("manuel", -60, "in");

        HttpResponse<String> conflict = voided(id, seen);
        HttpResponse<String> weak = voided(id, "W/" + seen);
        HttpResponse<String> malformed = voided(id, "abc");
        String now = header("GET", "/v1/attendance/" + id, "X-None", "")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        HttpResponse<String> done = voided(id, "\"other\", " + now);

        assertThat(conflict.statusCode()).isEqualTo(412);
        assertThat(conflict.body()).contains("CONFLICT");
        assertThat(weak.statusCode()).isEqualTo(412);
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(done.statusCode()).isEqualTo(201);
        assertThat(voided(id, "*").body()).contains("ALREADY_CORRECTED");
    }

    @Test
    void listThatIsKnown_isNotSentAgain() throws Exception {
        String list = "/v1/attendance?order=newest&total=true&user_id=elizabeth";
        add("elizabeth", 0, "in");
        HttpResponse<String> first = header("GET", list, "X-None", "");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> known = header("GET", list, "If-None-Match", tag);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(known.headers().firstValue("ETag")).contains(tag);
        HttpResponse<String> head = header("HEAD", list, "X-None", "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("ETag")).contains(tag);
        assertThat(header("HEAD", list, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(header("GET", list + "&limit=1", "If-None-Match", tag).statusCode())
                .isEqualTo(200);

        add("elizabeth", 60, "out");

        HttpResponse<String> changed = header("GET", list, "If-None-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).contains("\"total\":2");
        assertThat(service.get("/v1/attendance?user_id=elizabeth").body().has("total"))
                .isFalse();
    }

    @Test
    void device_takesItsMarkBackAndMayMarkAgain() throws Exception {
        String kiosk = service.postJson("/v1/keys", Map.of("name", "kiosk", "scopes", List.of("recognize")))
                .body()
                .path("key")
                .asText();
        Answer marked = service.postJson(
                "/recognize",
                kiosk,
                Map.of("user_id", "geronimo", "image", RunningService.base64(Pictures.portrait("geronimo"))));
        String undo = "/v1/attendance/" + marked.body().at("/attendance/id").asLong() + "/undo";

        assertThat(service.postJson(undo, Map.of()).code()).isEqualTo("MARK_NOT_FOUND");
        Answer undone = service.postJson(undo, kiosk, Map.of());

        assertThat(undone.status()).isEqualTo(200);
        assertThat(undone.body().path("user_id").asText()).isEqualTo("geronimo");
        assertThat(undone.body().has("name")).isFalse();
        assertThat(service.postJson(undo, kiosk, Map.of()).body())
                .as("repeated")
                .isEqualTo(undone.body());
        assertThat(service.get("/v1/audit?action=MARK_UNDONE&limit=1")
                        .body()
                        .at("/items/0/user_id")
                        .asText())
                .isEqualTo("geronimo");
    }

    @Test
    void whatIsNotValid_isRefused() throws Exception {
        String at = noonYesterday.toString();
        Map<String, String> right = Map.of("user_id", "manuel", "at", at, "direction", "in", "reason", "Forgot.");
        for (Map.Entry<String, String> wrong : List.of(
                Map.entry("reason", "no"),
                Map.entry("reason", "a\nb c"),
                Map.entry("reason", "a".repeat(501)),
                Map.entry("at", Instant.now().plusSeconds(120).toString()),
                Map.entry("at", Instant.now().minus(Duration.ofDays(367)).toString()),
                Map.entry("at", "yesterday"),
                Map.entry("direction", "up"),
                Map.entry("site", "Not a site"),
                Map.entry("site", "nowhere"),
                Map.entry("user_id", "a b"),
                Map.entry("number", "7"))) {
            Map<String, String> body = new HashMap<>(right);
            body.put(wrong.getKey(), wrong.getValue());
            Answer answer = service.postJson("/v1/attendance", body);
            assertThat(answer.code()).as(wrong.toString()).isEqualTo("INVALID_REQUEST");
            assertThat(answer.body().path("field").asText()).isEqualTo(wrong.getKey());
        }
        for (String query : List.of(
                "order=up",
                "state=gone",
                "corrected=1",
                "source=x",
                "site=A",
                "total=1",
                "from_time=2026-01-01",
                "direction=up",
                "order=newest&next=Nw")) {
            assertThat(service.get("/v1/attendance?" + query).code()).as(query).isEqualTo("INVALID_REQUEST");
        }
        assertThat(service.postJson("/v1/attendance/7/correct", Map.of("reason", "Forgot."))
                        .code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(service.get("/v1/attendance/99999999999999999999").code()).isEqualTo("MARK_NOT_FOUND");
    }

    private static Answer add(String person, int minutes, String direction) throws Exception {
        return service.postJson(
                "/v1/attendance",
                Map.of(
                        "user_id",
                        person,
                        "at",
                        noonYesterday.plus(Duration.ofMinutes(minutes)).toString(),
                        "direction",
                        direction,
                        "reason",
                        "Forgot the card."));
    }

    private static HttpResponse<String> voided(long id, String ifMatch) throws Exception {
        return HTTP.send(
                request("/v1/attendance/" + id + "/void")
                        .header("If-Match", ifMatch)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"Twice\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> header(String method, String path, String name, String value) throws Exception {
        return HTTP.send(
                request(path)
                        .header(name, value)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.address().resolve(path)).header("X-API-Key", RunningService.KEY);
    }
}
