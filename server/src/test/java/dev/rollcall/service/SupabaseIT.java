package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.service.RunningService.Answer;
import dev.rollcall.store.function.PostgrestServer;
import dev.rollcall.store.function.Schema;
import dev.rollcall.store.function.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service on a Supabase project over REST. */
class SupabaseIT {

    @TempDir
    Path folder;

    private TestServer server;
    private PostgrestServer project;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        project = new PostgrestServer(server.newScriptedDatabase());
    }

    @AfterEach
    void stop() {
        project.close();
        server.close();
    }

    @Test
    void service_enrollsMarksListsAndErases() throws Exception {
        byte[] picture = Pictures.portrait("manuel");
        try (RunningService service = RunningService.start(folder, settings())) {
            assertThat(service.get("/health").body().at("/database/kind").asText())
                    .isEqualTo("supabase");
            assertThat(service.get("/health").body().at("/database/schema").asInt())
                    .isEqualTo(Schema.VERSION);
            assertThat(service.enroll("manuel", picture).status()).isEqualTo(201);
            assertThat(service.enroll("twin", picture).code()).isEqualTo("DUPLICATE_FACE");
            Answer first = service.recognize("manuel", picture, "key");
            assertThat(service.recognize("manuel", picture, "key").body()).isEqualTo(first.body());
            assertThat(service.recognize("manuel", picture).status()).isEqualTo(200);
            assertThat(service.recognize("manuel", picture).code()).isEqualTo("DAILY_LIMIT_REACHED");
            assertThat(service.marksOf("manuel")).hasSize(2);
            assertThat(service.get("/v1/people").body().path("items")).hasSize(1);
            assertThat(service.delete("/v1/people/manuel").status()).isEqualTo(200);

            project.close();
            assertThat(service.recognize("manuel", picture).code()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(service.get("/health").body().at("/database/ok").asBoolean())
                    .isFalse();
            assertThat(service.log())
                    .doesNotContain(PostgrestServer.SERVICE_KEY)
                    .doesNotContain("\tat ");
        }
        assertThat(folder.resolve("data/postgres"))
                .as("no PostgreSQL of its own")
                .doesNotExist();
    }

    @Test
    void wrongSettings_areToldAtTheStart() throws Exception {
        Map<String, String> withoutKey = new HashMap<>(settings());
        withoutKey.remove("SUPABASE_KEY");
        Map<String, String> wrongBoth = new HashMap<>(settings());
        wrongBoth.put("SUPABASE_URL", "https://abc.supabase.co/rest/v1/");
        wrongBoth.put("SUPABASE_KEY", "two words");
        Map<String, String> wrongKey = new HashMap<>(settings());
        wrongKey.put("SUPABASE_KEY", "sb_secret_wrong");

        assertThat(failedStart(wrongBoth))
                .contains("SUPABASE_KEY can't be a key", "SUPABASE_URL must have the form")
                .doesNotContain("two words");
        assertThat(failedStart(withoutKey)).contains("SUPABASE_KEY is not");
        assertThat(failedStart(wrongKey))
                .contains("Supabase refuses SUPABASE_KEY")
                .doesNotContain("sb_secret_wrong");
    }

    private String failedStart(Map<String, String> settings) throws Exception {
        Path log = Files.createTempFile(folder, "start", ".log");
        Process process = RunningService.launch(folder, log, settings);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(Files.readString(log)).doesNotContain("\tat ");
        return Files.readString(log);
    }

    private Map<String, String> settings() {
        return Map.of(
                "API_KEY",
                RunningService.KEY,
                "TIME_ZONE",
                MarkStream.noonZone(),
                "SUPABASE_URL",
                project.url().toString(),
                "SUPABASE_KEY",
                PostgrestServer.SERVICE_KEY);
    }
}
