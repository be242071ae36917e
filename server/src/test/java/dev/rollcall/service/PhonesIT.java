package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.openapi.ApiDocument;
import dev.rollcall.openapi.ApiDocument.Operation;
import dev.rollcall.service.RunningService.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The phones of people: the link that sets one up, and what its key may do and may not. */
class PhonesIT {

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
    }

    @Test
    void linkedPhone_marksItsPersonShowsTheMonthAndTakesTheMarkBack() throws Exception {
        String key = linkedPhone("manuel");

        JsonNode me = service.get("/v1/me", key).body();
        assertThat(me.path("user_id").asText()).isEqualTo("manuel");
        assertThat(me.path("name").asText()).isEqualTo("Name of manuel");
        assertThat(me.path("position_needed").asBoolean()).isFalse();
        assertThat(me.path("identify_by").asText()).isEqualTo("face");
        JsonNode before = service.get("/v1/me/marks", key).body();
        assertThat(before.path("items")).isEmpty();

        Answer marked = service.postJson("/recognize", key, claim("manuel", "manuel"));

        assertThat(marked.status()).isEqualTo(200);
        Answer month = service.get("/v1/me/marks?month=" + before.path("month").asText(), key);
        JsonNode mark = month.body().at("/items/0");
        assertThat(mark.path("id")).isEqualTo(marked.body().at("/attendance/id"));
        assertThat(mark.path("direction").asText()).isEqualTo("in");
        assertThat(mark.path("work_date").asText())
                .startsWith(before.path("month").asText());
        OffsetDateTime local = OffsetDateTime.parse(mark.path("local_time").asText());
        assertThat(local.toInstant())
                .isEqualTo(Instant.parse(mark.path("marked_at").asText()).truncatedTo(ChronoUnit.SECONDS));
        ZoneId zone = ZoneId.of(mark.path("time_zone").asText());
        assertThat(local.getOffset()).isEqualTo(zone.getRules().getOffset(local.toInstant()));
        assertThat(month.body().path("sums").toString())
                .isEqualTo("{\"days\":1,\"marks\":1,\"late\":0,\"corrections\":0}");
        String tag = month.response().headers().firstValue("ETag").orElseThrow();
        assertThat(monthUnder(tag, key).status()).isEqualTo(304);

        assertThat(service.postJson("/v1/attendance/" + mark.path("id").asText() + "/undo", key, Map.of())
                        .status())
                .isEqualTo(200);
        Answer after = monthUnder(tag, key);
        assertThat(after.body().at("/items/0/state").asText()).isEqualTo("voided");
        assertThat(after.body().path("sums").toString())
                .isEqualTo("{\"days\":0,\"marks\":0,\"late\":0,\"corrections\":1}");
    }

    @Test
    void keyOfAPerson_marksNobodyElseAndIdentifiesNobody() throws Exception {
        service.enroll("pierre", Pictures.portrait("pierre"));
        String key = linkedPhone("felipe");

        assertThat(service.postJson("/recognize", key, claim("pierre", "pierre"))
                        .code())
                .isEqualTo("FORBIDDEN");
        assertThat(service.postJson("/recognize", key, claim("felipe", "pierre"))
                        .code())
                .isEqualTo("NOT_MATCHED");
        assertThat(service.marksOf("pierre")).isEmpty();
        JsonNode othersMark =
                service.recognize("pierre", Pictures.portrait("pierre")).body();
        assertThat(service.postJson(
                                "/v1/attendance/"
                                        + othersMark.at("/attendance/id").asText() + "/undo",
                                key,
                                Map.of())
                        .code())
                .isEqualTo("MARK_NOT_FOUND");
        assertThat(service.get("/v1/me/marks", key).body().path("items")).isEmpty();
        String days = "/report?from=2026-10-01&to=2026-10-02";
        assertThat(service.get("/v1/people/pierre" + days, key).code()).isEqualTo("NOT_ENROLLED");
        assertThat(service.get("/v1/people/felipe" + days, key).body().path("days"))
                .hasSize(2);
    }

    /** Whatever a call is, and whoever adds one: a phone gets what it needs, and 403 for everything else. */
    @Test
    void keyOfAPerson_opensWhatAPhoneNeedsAndNothingElse() throws Exception {
        String key = linkedPhone("frederik");
        List<String> opened = new ArrayList<>();
        for (Operation operation : ApiDocument.read().operations()) {
            if (operation.scopes().isEmpty()) {
                continue;
            }
            if (operation.scopes().contains("self")) {
                opened.add(operation.id());
            } else {
                Answer answer = sent(operation, key);
                assertThat(answer.status() + " " + answer.code())
                        .as(operation.toString())
                        .isEqualTo("403 FORBIDDEN");
            }
        }

        assertThat(opened)
                .containsExactlyInAnyOrder(
                        "recognize",
                        "hint",
                        "openChallenge",
                        "sendChallengeFrame",
                        "undoMark",
                        "readMe",
                        "listOwnMarks",
                        "readReceipt",
                        "readReport");
        assertThat(service.get("/v1/people/frederik", RunningService.KEY).status())
                .isEqualTo(200);
    }

    @Test
    void keyOfNobody_isNoPhones() throws Exception {
        assertThat(service.get("/v1/me").code()).isEqualTo("FORBIDDEN");
        assertThat(service.postJson("/v1/keys", Map.of("name", "phone", "scopes", List.of("self")))
                        .code())
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void tenPhonesWithOneLink_getOneKey() throws Exception {
        service.enroll("elizabeth", Pictures.portrait("elizabeth"));
        String token = token("elizabeth");
        ExecutorService threads = Executors.newFixedThreadPool(10);
        List<Answer> answers = new ArrayList<>();
        try {
            Callable<Answer> open = () -> redeemed(token);
            for (Future<Answer> answer : threads.invokeAll(Collections.nCopies(10, open))) {
                answers.add(answer.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 201))
                .hasSize(9)
                .allSatisfy(answer -> assertThat(answer.code()).isIn("PHONE_LINK_INVALID", "OVERLOADED"));
        assertThat(redeemed(token).body().path("message").asText()).contains("Ask");
        assertThat(service.get("/v1/devices?user_id=elizabeth").body().path("items"))
                .hasSize(1);
        assertThat(service.get("/v1/people/elizabeth/phone-link").code()).isEqualTo("PHONE_LINK_NOT_FOUND");
    }

    @Test
    void keysOfADeactivatedOrErasedPerson_endAtOnce() throws Exception {
        String key = linkedPhone("astronaut");
        JsonNode export = service.get("/v1/people/astronaut/export").body();
        assertThat(export.at("/phones/0/id"))
                .isEqualTo(service.get("/v1/me", key).body().path("id"));

        patched("/v1/people/astronaut", "{\"active\":false}");
        assertThat(service.get("/v1/me", key).code()).isEqualTo("UNAUTHORIZED");
        assertThat(service.postJson("/v1/people/astronaut/phone-link", Map.of()).code())
                .isEqualTo("INVALID_REQUEST");
        patched("/v1/people/astronaut", "{\"active\":true}");
        assertThat(service.get("/v1/me", key).code()).isEqualTo("UNAUTHORIZED");

        String next = redeemed(token("astronaut")).body().path("key").asText();
        assertThat(service.get("/v1/me", next).status()).isEqualTo(200);
        service.delete("/v1/people/astronaut");
        assertThat(service.get("/v1/me", next).code()).isEqualTo("UNAUTHORIZED");
        assertThat(service.get("/v1/devices?user_id=astronaut").body().path("items"))
                .isEmpty();
    }

    @Test
    void fourthPhone_isRefusedUntilOneIsRevoked() throws Exception {
        service.enroll("geronimo", Pictures.portrait("geronimo"));
        String first = redeemed(token("geronimo")).body().path("id").asText();
        redeemed(token("geronimo"));
        redeemed(token("geronimo"));

        assertThat(service.postJson("/v1/people/geronimo/phone-link", Map.of()).code())
                .isEqualTo("TOO_MANY_PHONES");
        service.delete("/v1/devices/" + first);
        assertThat(service.postJson("/v1/people/geronimo/phone-link", Map.of()).status())
                .isEqualTo(201);
        assertThat(service.delete("/v1/people/geronimo/phone-link").status()).isEqualTo(200);
        List<String> noted = new ArrayList<>();
        service.get("/v1/audit?user_id=geronimo&limit=1000")
                .body()
                .path("items")
                .forEach(entry -> noted.add(entry.path("action").asText()));
        assertThat(noted).contains("PHONE_LINK_CREATED", "PHONE_LINKED", "KEY_REVOKED", "PHONE_LINK_CANCELLED");
    }

    @Test
    void link_hasTheAddressThatPhonesUse() throws Exception {
        service.enroll("segoyewatha", Pictures.portrait("segoyewatha"));
        String path = "/v1/people/segoyewatha/phone-link";

        JsonNode own = service.postJson(path, Map.of()).body();
        assertThat(own.path("url").asText())
                .startsWith(service.address().resolve("/me#").toString());
        JsonNode other = service.postJson(path, Map.of("origin", "https://marks.example.org:8443"))
                .body();
        assertThat(other.path("url").asText()).startsWith("https://marks.example.org:8443/me#");
        assertThat(other.path("qr").asText()).startsWith("<svg ");
        for (String wrong :
                List.of("marks.example.org", "https://a/b", "javascript://a", "https://a#b", "https://a@b")) {
            assertThat(service.postJson(path, Map.of("origin", wrong)).code()).isEqualTo("INVALID_REQUEST");
        }
    }

    private static String linkedPhone(String person) throws Exception {
        assertThat(service.enroll(person, Pictures.portrait(person)).status()).isEqualTo(201);
        Answer redeemed = redeemed(token(person));
        assertThat(redeemed.status()).isEqualTo(201);
        assertThat(redeemed.body().path("scopes").toString()).isEqualTo("[\"self\"]");
        return redeemed.body().path("key").asText();
    }

    private static String token(String person) throws Exception {
        return URI.create(service.postJson("/v1/people/" + person + "/phone-link", Map.of())
                        .body()
                        .path("url")
                        .asText())
                .getFragment();
    }

    /** Without a key, as a phone is before it has one. */
    private static Answer redeemed(String token) throws Exception {
        return service.send(HttpRequest.newBuilder(service.address().resolve("/v1/me/redeem"))
                .header("Content-Type", "application/json")
                .header("X-Device-Version", "phone page")
                .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"" + token + "\"}")));
    }

    private static Map<String, String> claim(String person, String portrait) throws Exception {
        return Map.of("user_id", person, "image", RunningService.base64(Pictures.portrait(portrait)));
    }

    private static Answer monthUnder(String tag, String key) throws Exception {
        return service.send(HttpRequest.newBuilder(service.address().resolve("/v1/me/marks"))
                .header("X-API-Key", key)
                .header("If-None-Match", tag)
                .GET());
    }

    private static void patched(String path, String body) throws Exception {
        Answer answer = service.send(HttpRequest.newBuilder(service.address().resolve(path))
                .header("X-API-Key", RunningService.KEY)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.status()).isEqualTo(200);
    }

    /** Makes a call with values for the parameters of its path. */
    private static Answer sent(Operation operation, String key) throws Exception {
        String path = operation.path().replace("{import_id}", "0".repeat(32)).replaceAll("\\{[a-z_]+\\}", "1");
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address().resolve(path))
                .header("X-API-Key", key)
                .method(
                        operation.method(),
                        operation.hasBody()
                                ? HttpRequest.BodyPublishers.ofString("{}")
                                : HttpRequest.BodyPublishers.noBody());
        return service.send(operation.hasBody() ? request.header("Content-Type", "application/json") : request);
    }
}
