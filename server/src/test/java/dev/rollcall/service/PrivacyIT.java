package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.service.RunningService.Answer;
import dev.rollcall.service.RunningService.Ended;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person can ask of the packaged service, and what the site can ask of it for them. */
class PrivacyIT {

    @TempDir
    Path folder;

    @Test
    void consent_isRequiredWhereTheSiteSaysSoAndKept() throws Exception {
        try (RunningService service = start(Map.of("REQUIRE_CONSENT", "true"))) {
            byte[] picture = Pictures.portrait("manuel");

            Answer without = service.enroll("manuel", picture);
            Answer future = enroll(service, Instant.now().plusSeconds(3600).toString(), picture);
            Answer nonsense = enroll(service, "yes", picture);
            Answer given = enroll(service, "2026-01-31T09:30:00+01:00", picture);

            assertThat(without.status()).isEqualTo(422);
            assertThat(without.code()).isEqualTo("CONSENT_REQUIRED");
            assertThat(List.of(future.code(), nonsense.code())).containsOnly("INVALID_REQUEST");
            assertThat(future.body().path("field").asText()).isEqualTo("consent_at");
            assertThat(given.status()).isEqualTo(201);
            assertThat(service.get("/v1/people/manuel")
                            .body()
                            .path("consent_at")
                            .asText())
                    .isEqualTo("2026-01-31T08:30:00Z");
        }
    }

    @Test
    void erasure_takesEverythingAndSaysWhat() throws Exception {
        RunningService service = SharedService.withoutPeople();
        byte[] picture = Pictures.portrait("manuel");
        service.enroll("leaver", picture);
        service.enroll("leaver", Pictures.anotherOf("manuel"));
        service.recognize("leaver", picture, "key-of-leaver");
        long first =
                service.recognize("leaver", picture).body().at("/attendance/id").asLong() - 1;

        JsonNode erased = service.delete("/v1/people/leaver").body();

        assertThat(erased.path("templates_removed").asInt()).isEqualTo(2);
        assertThat(erased.path("answers_removed").asInt()).isEqualTo(1);
        assertThat(erased.path("marks_kept").asInt()).isZero();
        assertThat(erased.path("marks_pseudonymised").asInt()).isEqualTo(2);
        assertThat(erased.path("audit_entries_kept").asInt()).isEqualTo(3);
        assertThat(service.marksOf("leaver")).isEmpty();
        JsonNode marks = service.get("/v1/attendance?limit=1000").body().path("items");
        assertThat(marks)
                .filteredOn(mark -> mark.path("id").asLong() >= first)
                .hasSize(2)
                .allSatisfy(mark -> {
                    assertThat(mark.path("user_id").asText()).matches("erased-[0-9a-f]{32}");
                    assertThat(mark.path("name").isNull()).isTrue();
                });
        Path data = SharedService.folder();
        assertThat(ask(data, "select count(*) from face_embeddings")).isEqualTo("0");
        assertThat(ask(data, "select count(*) from audit_log where details::text ~ 'erased-[0-9a-f]{32}'"))
                .as("nothing leads from the user_id to the marks")
                .isEqualTo("0");
    }

    @Test
    void person_getsEverythingThatIsHeld() throws Exception {
        RunningService service = SharedService.withoutPeople();
        byte[] picture = Pictures.portrait("manuel");
        service.enroll("holder", picture);
        service.enroll("other-person", Pictures.portrait("geronimo"));
        service.recognize("holder", picture, "key-of-holder");
        service.recognize("holder", Pictures.portrait("geronimo"));
        Path file = folder.resolve("held.json");

        Ended exported = sharedCommand("export-person", "holder", file.toString());

        assertThat(exported.exitCode()).as(exported.said()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        JsonNode held = new ObjectMapper().readTree(file.toFile());
        assertThat(held.path("user_id").asText()).isEqualTo("holder");
        assertThat(held.at("/person/name").asText()).isEqualTo("Name of holder");
        assertThat(held.at("/templates/0/embedding")).hasSize(512);
        assertThat(held.path("attendance")).hasSize(1);
        assertThat(held.path("answers")).hasSize(1);
        assertThat(held.path("audit"))
                .extracting(entry -> entry.path("action").asText())
                .containsExactly("ENROLLED", "RECOGNITION_REFUSED");
        assertThat(held.toString()).doesNotContain("other-person");

        Answer overHttp = service.get("/v1/people/holder/export");
        assertThat(overHttp.body().path("templates")).isEqualTo(held.path("templates"));
        assertThat(overHttp.body().path("audit"))
                .as("that it was given out is noted")
                .hasSize(3);
        assertThat(service.get("/v1/people/never-seen/export").code()).isEqualTo("NOT_ENROLLED");
        assertThat(sharedCommand("export-person", "holder", file.toString()).exitCode())
                .isEqualTo(1);
        assertThat(sharedCommand("export-person", "never-seen", file + "2").said())
                .contains("Nothing is stored about never-seen");
    }

    @Test
    void retention_removesWhatIsOldAtTheStart() throws Exception {
        Map<String, String> retention = Map.of("ATTENDANCE_RETENTION_DAYS", "30", "AUDIT_RETENTION_DAYS", "90");
        PreparedData.copyTo(folder.resolve("data"));
        try (EmbeddedPostgres database = EmbeddedPostgres.start(folder.resolve("data"))) {
            ask(database.access(), "insert into people values ('manuel', 'Manuel', now(), now()) returning user_id");
            ask(
                    database.access(),
                    "insert into attendance (user_id, marked_at, work_date, number, direction, confidence, similarity)"
                            + " select 'manuel', now() - n * interval '1 day', (now() - n * interval '1 day')::date, 1, 'in', 1, 1"
                            + " from generate_series(20, 59) n returning id");
            ask(database.access(), "select append_audit(now() - interval '91 days', 'OLD', null, '{}', '{}')");
        }
        try (RunningService service = start(Map.of())) {
            byte[] picture = Pictures.portrait("manuel");
            assertThat(service.enroll("manuel", picture).status()).isEqualTo(201);
            assertThat(service.recognize("manuel", picture).status()).isEqualTo(200);
            assertThat(service.marksOf("manuel")).as("off by default").hasSize(41);
        }
        try (RunningService service = start(retention)) {
            for (int i = 0; i < 100 && service.marksOf("manuel").size() > 12; i++) {
                Thread.sleep(50);
            }
            assertThat(service.marksOf("manuel")).hasSize(12);
            assertThat(service.get("/v1/audit?action=ATTENDANCE_PRUNED").body().at("/items/0/details/marks"))
                    .hasToString("29");
            Ended verified = command(retention, "audit", "verify");
            assertThat(verified.exitCode()).as(verified.said()).isZero();
        }
    }

    @Test
    void encryptedTemplates_needTheirKeyAndTakeANewOne() throws Exception {
        String old = newKey(1);
        String next = newKey(2);
        byte[] picture = Pictures.portrait("manuel");
        try (RunningService service = start(Map.of())) {
            assertThat(service.enroll("manuel", picture).status()).isEqualTo(201);
        }
        try (RunningService service = start(Map.of("TEMPLATE_KEY", old))) {
            assertThat(service.recognize("manuel", picture).status())
                    .as("plain ones go on")
                    .isEqualTo(200);
            assertThat(command(Map.of("TEMPLATE_KEY", old), "reencrypt").said()).contains("1 templates");
            assertThat(service.postJson(
                                    "/v1/webhooks",
                                    Map.of(
                                            "name",
                                            "hr",
                                            "url",
                                            "https://hook.invalid/",
                                            "events",
                                            List.of("person.erased")))
                            .status())
                    .isEqualTo(201);
            assertThat(service.get(receipt(service)).status()).isEqualTo(200);
            assertThat(service.enroll("geronimo", Pictures.portrait("geronimo")).status())
                    .isEqualTo(201);
            assertThat(service.enroll("again", picture).code()).isEqualTo("DUPLICATE_FACE");
            assertThat(ask("select count(*) from face_embeddings where octet_length(embedding) = 1052"))
                    .isEqualTo("2");
        }
        for (Map<String, String> wrong : List.of(Map.<String, String>of(), Map.of("TEMPLATE_KEY", next))) {
            Ended refused = command(wrong, "serve");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.said())
                    .contains("are encrypted under the key")
                    .contains("If it is lost")
                    .doesNotContain("\tat ")
                    .doesNotContain(next);
        }
        Map<String, String> both = Map.of("TEMPLATE_KEY", next, "OLD_TEMPLATE_KEY", old);
        try (RunningService service = start(both)) {
            assertThat(service.recognize("manuel", picture).status()).isEqualTo(200);
            assertThat(command(both, "reencrypt").said()).contains("2 templates and 2 secrets were re-encrypted.");
        }
        try (RunningService service = start(Map.of("TEMPLATE_KEY", next))) {
            assertThat(service.get(receipt(service)).status()).isEqualTo(200);
            assertThat(service.recognize("geronimo", Pictures.portrait("geronimo"))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(Files.readString(folder.resolve("service.log")))
                .doesNotContain(old)
                .doesNotContain(next);
    }

    private static Answer enroll(RunningService service, String consentAt, byte[] picture) throws Exception {
        return service.postJson(
                "/enroll",
                Map.of(
                        "user_id",
                        "manuel",
                        "name",
                        "Manuel",
                        "consent_at",
                        consentAt,
                        "image",
                        RunningService.base64(picture)));
    }

    /** The address of the receipt of the latest mark. */
    private static String receipt(RunningService service) throws Exception {
        return "/v1/attendance/"
                + service.get("/v1/attendance").body().at("/items/0/id").asText() + "/receipt";
    }

    private RunningService start(Map<String, String> settings) throws Exception {
        return RunningService.start(folder, all(settings));
    }

    private Ended command(Map<String, String> settings, String... command) throws Exception {
        return RunningService.command(folder, all(settings), command);
    }

    private static Ended sharedCommand(String... command) throws Exception {
        return RunningService.command(SharedService.folder(), SharedService.SETTINGS, command);
    }

    /** A zone in which it is about noon, so that no mark falls on another day. */
    private static Map<String, String> all(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("API_KEY", RunningService.KEY);
        all.put("TIME_ZONE", MarkStream.noonZone());
        return all;
    }

    private String ask(String sql) throws Exception {
        return ask(folder, sql);
    }

    private static String ask(Path folder, String sql) throws Exception {
        return ask(EmbeddedPostgres.running(folder.resolve("data")).orElseThrow(), sql);
    }

    private static String ask(EmbeddedPostgres.Access access, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private static String newKey(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return Base64.getEncoder().encodeToString(key);
    }
}
