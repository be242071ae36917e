package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.embedded.PreparedServer;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices of two services on one database: how they are paired, moved to another site and revoked. */
class DevicesIT {

    private static final String NO_CODE = "222222";

    @TempDir
    static Path folder;

    private static EmbeddedPostgres database;
    private static RunningService service;
    private static RunningService other;

    @BeforeAll
    static void start() throws Exception {
        database = PreparedServer.start(folder.resolve("database"));
        Map<String, String> settings = Map.of(
                "API_KEY",
                RunningService.KEY,
                "DATABASE_URL",
                SharedDatabaseIT.url(database),
                "MAX_ATTENDANCE_PER_DAY",
                "10",
                "TRUSTED_PROXIES",
                "127.0.0.1");
        service = RunningService.start(Files.createDirectory(folder.resolve("one")), settings);
        other = RunningService.start(Files.createDirectory(folder.resolve("other")), settings);
        execute("insert into sites (site, name, created_at, updated_at) values ('gate-2', 'Gate', now(), now())");
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        other.close();
        database.close();
    }

    @Test
    void pairedDevice_marksAtItsSiteIsMovedAndRevokedOnBothServices() throws Exception {
        byte[] picture = Pictures.portrait("manuel");
        assertThat(service.enroll("manuel", picture).status()).isEqualTo(201);
        JsonNode pairing = paired("kiosk at the gate", "gate-2");

        Answer redeemed = redeem(other, pairing.path("code").asText(), "192.0.2.1", "kiosk 1.4.2");

        assertThat(redeemed.status()).isEqualTo(201);
        assertThat(redeemed.body().path("scopes").toString()).isEqualTo("[\"recognize\"]");
        assertThat(redeemed.body().path("site").asText()).isEqualTo("gate-2");
        String key = redeemed.body().path("key").asText();
        String id = redeemed.body().path("id").asText();
        assertThat(service.get("/v1/devices", key).code()).isEqualTo("FORBIDDEN");
        Map<String, String> mark = Map.of("user_id", "manuel", "image", RunningService.base64(picture));
        assertThat(service.postJson("/recognize", key, mark).status()).isEqualTo(200);
        JsonNode first = service.marksOf("manuel").get(0);
        assertThat(first.path("site").asText()).isEqualTo("gate-2");
        assertThat(first.path("key_id").asText()).isEqualTo(id);
        JsonNode device = service.get("/v1/devices/" + id).body();
        assertThat(device.path("version").asText()).isEqualTo("kiosk 1.4.2");
        assertThat(device.path("last_seen_at").isTextual()).isTrue();
        assertThat(device.path("state").asText()).isEqualTo("active");

        Answer moved = patch("/v1/devices/" + id, "{\"name\":\"desk\",\"site\":\"default\"}");
        assertThat(moved.body().path("site").asText()).isEqualTo("default");
        assertThat(other.postJson("/recognize", key, mark).status()).isEqualTo(200);
        assertThat(service.marksOf("manuel").get(1).path("site").asText()).isEqualTo("default");

        assertThat(service.delete("/v1/devices/" + id).body().path("state").asText())
                .isEqualTo("revoked");
        assertThat(other.postJson("/recognize", key, mark).code()).isEqualTo("UNAUTHORIZED");
        assertThat(service.postJson("/recognize", key, mark).code()).isEqualTo("UNAUTHORIZED");
        assertThat(actions("key_id=" + id)).isEmpty();
        assertThat(actions("site=gate-2")).contains("DEVICE_PAIRED").doesNotContain("DEVICE_CHANGED");
    }

    @Test
    void kiosk_readsItsNameItsSiteAndTheServicesTime() throws Exception {
        JsonNode pairing = paired("kiosk that asks", "gate-2");
        Answer redeemed = redeem(service, pairing.path("code").asText(), "192.0.2.7", "kiosk 1.4.2");

        JsonNode kiosk =
                service.get("/v1/kiosk", redeemed.body().path("key").asText()).body();

        assertThat(kiosk.path("id")).isEqualTo(redeemed.body().path("id"));
        assertThat(kiosk.path("name").asText()).isEqualTo("kiosk that asks");
        assertThat(kiosk.path("site_name").asText()).isEqualTo("Gate");
        assertThat(kiosk.path("time_zone").asText()).isEqualTo("UTC");
        assertThat(kiosk.path("undo_seconds").asInt()).isEqualTo(10);
        assertThat(kiosk.path("late_mark_hours").asInt()).isEqualTo(72);
        assertThat(Instant.parse(kiosk.path("server_time").asText()))
                .isBetween(Instant.parse(redeemed.body().path("created_at").asText()), Instant.now());
        assertThat(service.get("/v1/kiosk").body().path("name").isNull()).isTrue();
    }

    @Test
    void refusalsOfADevice_areInTheAuditLogWithItsNameAndSite() throws Exception {
        JsonNode pairing = paired("kiosk of refusals", "gate-2");
        JsonNode made =
                redeem(service, pairing.path("code").asText(), "192.0.2.4", "1").body();
        Map<String, String> mark =
                Map.of("user_id", "nobody", "image", RunningService.base64(Pictures.portrait("geronimo")));

        assertThat(service.postJson("/recognize", made.path("key").asText(), mark)
                        .code())
                .isEqualTo("NOT_ENROLLED");

        JsonNode page = service.get("/v1/audit?total=true&order=oldest&site=gate-2&action=RECOGNITION_REFUSED&key_id="
                        + made.path("id").asText())
                .body();
        assertThat(page.path("total").asInt()).isEqualTo(1);
        JsonNode entry = page.at("/items/0");
        assertThat(entry.path("key_name").asText()).isEqualTo("kiosk of refusals");
        assertThat(entry.path("site").asText()).isEqualTo("gate-2");
        assertThat(service.get("/v1/audit?limit=1").body().has("total")).isFalse();
        for (String wrong : List.of("order=up", "total=1", "site=Gate", "from=now")) {
            assertThat(service.get("/v1/audit?" + wrong).code()).isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    void guesses_areLimitedOverBothServicesByAddress() throws Exception {
        String code = paired("kiosk", "default").path("code").asText();
        for (int i = 0; i < 10; i++) {
            Answer wrong = redeem(i % 2 == 0 ? service : other, NO_CODE, "192.0.2.2", "1");
            assertThat(wrong.status()).isEqualTo(403);
            assertThat(wrong.code()).isEqualTo("PAIRING_CODE_INVALID");
        }

        for (RunningService each : List.of(service, other)) {
            Answer locked = redeem(each, code, "192.0.2.2", "1");
            assertThat(locked.code()).isEqualTo("RATE_LIMITED");
            assertThat(locked.body().path("retry_after_s").asInt()).isBetween(1, 600);
            assertThat(locked.response().headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(redeem(other, code, "192.0.2.3", "1").status()).isEqualTo(201);
        assertThat(actions("action=PAIRING_LOCKED")).hasSize(1);
    }

    @Test
    void twoTabletsWithOneCodeAtOnce_getOneKey() throws Exception {
        ExecutorService tablets = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 3; round++) {
                String code = paired("kiosk", "default").path("code").asText();
                List<Future<Answer>> answers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    RunningService each = i % 2 == 0 ? service : other;
                    String address = "198.51.100." + i;
                    answers.add(tablets.submit(() -> redeem(each, code, address, "1")));
                }
                List<Integer> statuses = new ArrayList<>();
                for (Future<Answer> answer : answers) {
                    statuses.add(answer.get().status());
                }
                assertThat(statuses).containsExactlyInAnyOrder(201, 403, 403, 403);
            }
        } finally {
            tablets.shutdownNow();
        }
    }

    @Test
    void pairings_areListedWithoutCodesAndCancelled() throws Exception {
        JsonNode pairing = paired("kiosk to cancel", "default");
        String id = pairing.path("id").asText();

        String listed = other.get("/v1/pairings").body().toString();

        assertThat(listed)
                .contains(id)
                .doesNotContain(pairing.path("code").asText())
                .doesNotContain("hash", "salt");
        assertThat(service.delete("/v1/pairings/" + id).status()).isEqualTo(200);
        assertThat(service.delete("/v1/pairings/" + id).code()).isEqualTo("PAIRING_NOT_FOUND");
        assertThat(redeem(service, pairing.path("code").asText(), "192.0.2.6", "1")
                        .code())
                .isEqualTo("PAIRING_CODE_INVALID");
        assertThat(service.postJson("/v1/pairings", Map.of("name", "kiosk", "site", "nowhere"))
                        .body()
                        .path("field")
                        .asText())
                .isEqualTo("site");
        assertThat(service.log() + other.log())
                .doesNotContain(pairing.path("code").asText());
    }

    @Test
    void devices_areListedByStateSiteAndOrder() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(service.postJson(
                            "/v1/keys", Map.of("name", "listed", "scopes", List.of("recognize"), "site", "gate-2"))
                    .body()
                    .path("id")
                    .asText());
        }
        service.delete("/v1/keys/" + ids.get(0));

        List<String> oldest = listed("order=oldest&site=gate-2&limit=1");
        List<String> newest = listed("site=gate-2&limit=2");

        assertThat(oldest).containsSubsequence(ids);
        assertThat(newest).containsExactlyInAnyOrderElementsOf(oldest).doesNotContainSequence(ids);
        assertThat(listed("state=active&site=gate-2")).contains(ids.get(1)).doesNotContain(ids.get(0));
        assertThat(listed("state=revoked&site=gate-2")).contains(ids.get(0)).doesNotContain(ids.get(1));
        assertThat(service.get("/v1/devices?total=true&site=gate-2&limit=1")
                        .body()
                        .path("total")
                        .asInt())
                .isEqualTo(oldest.size());
        for (String wrong : List.of("state=on", "site=%20", "order=up", "next=MQ", "limit=0")) {
            assertThat(service.get("/v1/devices?" + wrong).code()).isEqualTo("INVALID_REQUEST");
        }
        assertThat(service.postJson("/v1/keys", Map.of("name", "k", "scopes", List.of("read"), "site", "nowhere"))
                        .code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(patch("/v1/devices/" + ids.get(1), "{\"site\":\"nowhere\"}").code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(patch("/v1/devices/" + ids.get(1), "{\"scopes\":[\"admin\"]}")
                        .body()
                        .path("field")
                        .asText())
                .isEqualTo("scopes");
    }

    private static List<String> listed(String query) throws Exception {
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = service.get("/v1/devices?" + query + next).body();
            page.path("items").forEach(item -> ids.add(item.path("id").asText()));
            next = page.path("next").isTextual() ? "&next=" + page.path("next").asText() : "";
        } while (!next.isEmpty());
        return ids;
    }

    private static List<String> actions(String filter) throws Exception {
        return service.get("/v1/audit?limit=1000&" + filter)
                .body()
                .path("items")
                .findValuesAsText("action");
    }

    private static JsonNode paired(String name, String site) throws Exception {
        Answer made = service.postJson("/v1/pairings", Map.of("name", name, "site", site));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made.body();
    }

    /** Sends a code without a key, from an address behind a trusted proxy. */
    private static Answer redeem(RunningService to, String code, String address, String version) throws Exception {
        return to.send(HttpRequest.newBuilder(to.address().resolve("/v1/pairings/redeem"))
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", address)
                .header("X-Device-Version", version)
                .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"" + code + "\"}")));
    }

    private static Answer patch(String path, String body) throws Exception {
        return service.send(HttpRequest.newBuilder(service.address().resolve(path))
                .header("X-API-Key", RunningService.KEY)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
    }

    private static void execute(String sql) throws Exception {
        EmbeddedPostgres.Access access = database.access();
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
