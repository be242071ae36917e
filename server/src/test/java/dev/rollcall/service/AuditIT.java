package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import dev.rollcall.service.RunningService.Ended;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged service notes, and whether it shows when somebody meddles with it. */
class AuditIT {

    private static final Map<String, String> SETTINGS = Map.of("API_KEY", RunningService.KEY);

    @TempDir
    Path folder;

    @Test
    void everythingIsNoted_andMeddlingShows() throws Exception {
        try (RunningService service = RunningService.start(folder)) {
            byte[] manuel = Pictures.portrait("manuel");
            service.enroll("manuel", manuel);
            service.enroll("impostor", manuel);
            service.recognize("manuel", manuel);
            Answer refused = recognizedAs(service, "manuel", Pictures.portrait("geronimo"), "request-7");
            service.recognize("manuel", Pictures.withoutFace());
            service.recognize("nobody", manuel);
            String key = service.postJson("/v1/keys", Map.of("name", "gate", "scopes", List.of("read")))
                    .body()
                    .path("id")
                    .asText();
            service.delete("/v1/keys/" + key);
            service.delete("/v1/people/manuel");

            entriesTell(service, refused, key);
            pagesAndFiltersWork(service);
            verificationFindsMeddling();
        }
    }

    private static void entriesTell(RunningService service, Answer refused, String key) throws Exception {
        List<JsonNode> entries = entries(service, "?limit=100");
        assertThat(entries)
                .extracting(entry -> entry.path("action").asText())
                .containsExactly(
                        "ERASED",
                        "KEY_REVOKED",
                        "KEY_CREATED",
                        "RECOGNITION_REFUSED",
                        "RECOGNITION_REFUSED",
                        "RECOGNITION_REFUSED",
                        "ENROLLMENT_REFUSED",
                        "ENROLLED",
                        "SETUP_LINK_CREATED");
        JsonNode notMatched = entries.get(5);
        assertThat(notMatched.path("user_id").asText()).isEqualTo("manuel");
        assertThat(notMatched.path("key_id").asText()).isEqualTo("API_KEY");
        assertThat(notMatched.path("request_id").asText()).isEqualTo("request-7");
        assertThat(notMatched.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(notMatched.at("/details/code").asText()).isEqualTo("NOT_MATCHED");
        assertThat(notMatched.at("/details/confidence").asDouble())
                .isBetween(
                        refused.body().path("confidence").asDouble(),
                        refused.body().path("confidence").asDouble() + 1e-4);
        assertThat(entries.get(1).at("/details/id").asText()).isEqualTo(key);
        assertThat(entries.get(6).at("/details/code").asText()).isEqualTo("DUPLICATE_FACE");
        assertThat(entries.toString().length()).as("no picture, no embedding").isLessThan(8_000);
    }

    private static void pagesAndFiltersWork(RunningService service) throws Exception {
        assertThat(entries(service, "?code=NO_FACE")).hasSize(1);
        assertThat(entries(service, "?action=RECOGNITION_REFUSED&user_id=nobody"))
                .hasSize(1);
        assertThat(entries(service, "?key_id=nobody")).isEmpty();
        assertThat(entries(service, "?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z"))
                .isEmpty();
        List<JsonNode> byTwo = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = service.get("/v1/audit?limit=3" + next).body();
            page.path("items").forEach(byTwo::add);
            next = page.path("next").isTextual() ? "&next=" + page.path("next").asText() : "";
        } while (!next.isEmpty());
        assertThat(byTwo).isEqualTo(entries(service, "?limit=100"));
        for (String wrong : List.of(
                "action=a%20b",
                "code=%0A",
                "from=yesterday",
                "limit=0",
                "next=x",
                "to=2026",
                "from=0001-01-01T00:00:00%2B18:00",
                "to=9999-12-31T23:59:59-18:00")) {
            assertThat(service.get("/v1/audit?" + wrong).code()).as(wrong).isEqualTo("INVALID_REQUEST");
        }
    }

    private void verificationFindsMeddling() throws Exception {
        Ended whole = command("audit", "verify");
        assertThat(whole.said()).contains("The audit log is intact: 9 entries.");
        assertThat(whole.exitCode()).isZero();
        Matcher head = Pattern.compile("the last is (\\d+:[0-9a-f]{64})").matcher(whole.said());
        assertThat(head.find()).isTrue();
        assertThat(command("audit", "verify", "--expect", head.group(1)).exitCode())
                .isZero();

        meddle("update audit_log set user_id = 'bob' where number = 3");
        Ended broken = command("audit", "verify");
        assertThat(broken.said()).contains("BROKEN").contains("entry 3 is not as it was written");
        assertThat(broken.exitCode()).isEqualTo(1);

        meddle("delete from audit_log where number >= 3; update audit_chains set head_number = 2,"
                + " head_hash = (select hash from audit_log where number = 2)");
        assertThat(command("audit", "verify").exitCode()).isZero();
        assertThat(command("audit", "verify", "--expect", head.group(1)).exitCode())
                .isEqualTo(1);
        assertThat(command("audit", "verify", "--expect", "7").exitCode()).isEqualTo(2);
    }

    private void meddle(String sql) throws Exception {
        EmbeddedPostgres.Access access =
                EmbeddedPostgres.running(folder.resolve("data")).orElseThrow();
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "alter table audit_log disable trigger user; alter table audit_chains disable trigger user; "
                            + sql
                            + "; alter table audit_log enable trigger user; alter table audit_chains enable trigger user");
        }
    }

    private Ended command(String... command) throws Exception {
        return RunningService.command(folder, SETTINGS, command);
    }

    private static List<JsonNode> entries(RunningService service, String query) throws Exception {
        List<JsonNode> entries = new ArrayList<>();
        service.get("/v1/audit" + query).body().path("items").forEach(entries::add);
        return entries;
    }

    private static Answer recognizedAs(RunningService service, String userId, byte[] picture, String requestId)
            throws Exception {
        return service.send(HttpRequest.newBuilder(service.address().resolve("/recognize"))
                .header("X-API-Key", RunningService.KEY)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .header("X-Request-Id", requestId)
                .POST(HttpRequest.BodyPublishers.ofByteArray(RunningService.form(userId, picture))));
    }
}
