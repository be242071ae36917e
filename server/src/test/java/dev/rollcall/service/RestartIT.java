package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.files.Repetitions;
import dev.rollcall.service.RunningService.Answer;
import dev.rollcall.service.RunningService.Ended;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops, kills and starts. */
class RestartIT {

    private static final Pattern PRINTED_KEY = Pattern.compile("rk_[A-Za-z0-9_-]{43}");
    private static final Pattern PRINTED_LINK =
            Pattern.compile("http://localhost:(\\d+)/admin#/setup/([A-Za-z0-9_-]{43})");

    /** What a process ends with that stops at SIGINT as it should. */
    private static final int INTERRUPTED = 130;

    /** The lines of the log after which a service is interrupted; empty for one that has been running for a while. */
    private static final List<String> MOMENTS =
            List.of("creating the database", "Listening on", "", "Listening on", "");

    private static final List<Integer> WAITS_MS = List.of(200, 0, 600);

    @TempDir
    Path folder;

    @Test
    void killedService_leavesNothingInTheTemporaryFolder() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        RunningService service = RunningService.start(
                folder, Map.of("API_KEY", RunningService.KEY, "ROLLCALL_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary));
        assertThat(service.enroll("manuel", Pictures.portrait("manuel")).status())
                .isEqualTo(201);

        service.kill();

        try (Stream<Path> left = Files.walk(temporary)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void firstKeyAndSetUp_arePrintedOnceAndTheKeyGoesOnOpening() throws Exception {
        String key;
        try (RunningService service = RunningService.start(folder, Map.of())) {
            key = printedKey(service);
            setUp(service, printed(service, PRINTED_LINK), key);
            assertThat(service.get("/v1/attendance", key).status()).isEqualTo(200);
        }
        Files.delete(folder.resolve("service.log"));
        try (RunningService service = RunningService.start(folder, Map.of())) {
            assertThat(PRINTED_KEY.matcher(service.log()).find()).isFalse();
            assertThat(PRINTED_LINK.matcher(service.log()).find()).isFalse();
            Ended command = RunningService.command(folder, Map.of(), "setup-link");
            assertThat(command.exitCode()).isEqualTo(0);
            Matcher link = PRINTED_LINK.matcher(command.said());
            assertThat(link.find()).isTrue();
            assertThat(redeem(service, link.group(2)).status()).isEqualTo(201);
            assertThat(service.get("/v1/attendance", key).status()).isEqualTo(200);
            assertThat(service.get("/v1/attendance", "guess").status()).isEqualTo(401);
        }
    }

    /** The link leads to the service, and works once; the set-up goes on where it was. */
    private static void setUp(RunningService service, Matcher link, String key) throws Exception {
        assertThat(link.group(1)).isEqualTo("" + service.address().getPort());
        assertThat(redeem(service, "A".repeat(43)).code()).isEqualTo("SETUP_LINK_INVALID");
        Answer session = redeem(service, link.group(2));
        assertThat(session.status()).isEqualTo(201);
        assertThat(session.body().path("scopes").path(0).asText()).isEqualTo("admin");
        assertThat(session.response().headers().firstValue("Set-Cookie").orElseThrow())
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict");
        assertThat(redeem(service, link.group(2)).code()).isEqualTo("SETUP_LINK_INVALID");
        assertThat(service.get("/v1/setup", key).body().path("step").asInt()).isEqualTo(1);
    }

    private static Answer redeem(RunningService service, String token) throws Exception {
        return service.postJson("/v1/setup/redeem", Map.of("token", token));
    }

    private static String printedKey(RunningService service) throws Exception {
        return printed(service, PRINTED_KEY).group();
    }

    /** The service is healthy a moment before it prints. */
    private static Matcher printed(RunningService service, Pattern pattern) throws Exception {
        Matcher printed = pattern.matcher(service.log());
        for (int attempt = 0; attempt < 200 && !printed.find(); attempt++) {
            Thread.sleep(50);
            printed = pattern.matcher(service.log());
        }
        return printed;
    }

    @Test
    void startThatFindsItsPortTaken_usesUpNoFirstKey() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = RunningService.command(folder, Map.of("PORT", "" + taken.getLocalPort()), "serve");

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.said())
                    .contains("port " + taken.getLocalPort() + " is in use")
                    .doesNotContainPattern(PRINTED_KEY)
                    .doesNotContain("\tat ");
        }
        try (RunningService service = RunningService.start(folder, Map.of())) {
            assertThat(service.get("/v1/attendance", printedKey(service)).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void interruptedService_stopsItsDatabaseAndDoesNotStartItAgain() throws Exception {
        Path log = Files.createFile(folder.resolve("interrupted.log"));
        Path data = folder.resolve("data");
        for (String moment : MOMENTS.subList(0, Repetitions.of(3, MOMENTS.size()))) {
            Files.writeString(log, "");
            InterruptedProgram service = InterruptedProgram.start(
                    log, Map.of("DATA_DIR", data.toString(), "API_KEY", RunningService.KEY), "serve");
            while (service.isAlive() && !Files.readString(log).contains(moment)) {
                Thread.sleep(20);
            }
            if (moment.isEmpty()) {
                Thread.sleep(1_500);
            }

            assertThat(service.interrupt()).as("interrupted at: " + moment).isEqualTo(INTERRUPTED);
            assertThat(Files.readString(log))
                    .as("interrupted at: " + moment)
                    .doesNotContain("SEVERE", "ERROR", "\tat ", "starting it again");
            assertThat(EmbeddedPostgres.running(data)).isEmpty();
        }
    }

    @Test
    void firstStartThatWasKilled_isBegunAgain() throws Exception {
        for (int wait : WAITS_MS.subList(0, Repetitions.of(1, WAITS_MS.size()))) {
            Process first = RunningService.launch(folder, folder.resolve("first.log"), Map.of("PORT", "0"));
            Path postgres = folder.resolve("data/postgres");
            while (first.isAlive() && unfinished(postgres) == 0) {
                Thread.sleep(20);
            }
            Thread.sleep(wait);
            first.destroyForcibly().waitFor();
        }

        try (RunningService service = RunningService.start(folder)) {
            assertThat(service.enroll("manuel", Pictures.portrait("manuel")).status())
                    .isEqualTo(201);
            assertThat(unfinished(folder.resolve("data/postgres"))).isZero();
        }
    }

    private static long unfinished(Path postgres) throws IOException {
        if (!Files.isDirectory(postgres)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(postgres)) {
            return files.filter(file -> file.getFileName().toString().startsWith("data.unfinished"))
                    .count();
        }
    }

    @Test
    void wrongSettings_stopTheStartAndNameThemselves() throws Exception {
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("CONFIDENCE_THRESHOLD", "high"),
                Map.entry("TIME_ZONE", "Mars/Olympus"),
                Map.entry("PORT", "http"),
                Map.entry("HOST", "192.0.2.1"),
                Map.entry("LOG_LEVEL", "nonsense"),
                Map.entry("LIVENESS_MODE", "x"),
                Map.entry("DATA_DIR", Files.createFile(folder.resolve("file")).toString()),
                Map.entry("MODEL_DIR", "/nowhere"),
                Map.entry("DATABASE_URL", "nonsense"),
                Map.entry("TEMPLATE_KEY", "short"),
                Map.entry("TLS_KEY", "/nowhere"));

        Ended ended = RunningService.command(folder, wrong, "serve");

        assertThat(ended.exitCode()).isEqualTo(78);
        assertThat(ended.said()).doesNotContain("\tat ");
        for (String name : wrong.keySet()) {
            assertThat(ended.said().lines().filter(line -> line.contains(name)))
                    .as(name)
                    .hasSize(1);
        }
    }

    @Test
    void service_keepsItsFolderToItselfRestartsItsDatabaseAndLeavesNoServerBehind() throws Exception {
        RunningService service = RunningService.start(folder);
        try {
            assertThat(service.enroll("manuel", Pictures.portrait("manuel")).status())
                    .isEqualTo(201);
            assertSecondIsRefused();
            assertThat(service.get("/health").status()).isEqualTo(200);

            postmaster().destroyForcibly();
            awaitRecognition(service);
            assertThat(service.get("/health").status()).isEqualTo(200);

            ProcessHandle postmaster = postmaster();
            service.close();

            assertThat(service.isAlive()).isFalse();
            assertThat(folder.resolve("data/postgres/data/postmaster.pid")).doesNotExist();
            assertThat(postmaster.isAlive()).isFalse();
        } finally {
            service.close();
        }
    }

    private void assertSecondIsRefused() throws Exception {
        Map<String, String> ownDatabase = Map.of("PORT", "0");
        Map<String, String> otherDatabase =
                Map.of("PORT", "0", "DATABASE_URL", "postgresql://a:b@127.0.0.1:1/c", "TLS", "local", "TLS_PORT", "0");
        for (Map<String, String> settings : List.of(ownDatabase, otherDatabase)) {
            Ended second = RunningService.command(folder, settings, "serve");
            assertThat(second.exitCode()).isNotZero();
            assertThat(second.said()).contains("Another Rollcall is running").doesNotContain("\tat ");
        }
        assertThat(folder.resolve("data/tls")).doesNotExist();
    }

    /** Until the database is back, each call is refused as unavailable. */
    private static void awaitRecognition(RunningService service) throws Exception {
        int status = 0;
        for (int attempt = 0; attempt < 120 && status != 200; attempt++) {
            status = service.recognize("manuel", Pictures.portrait("manuel")).status();
            assertThat(status).isIn(200, 503);
            Thread.sleep(250);
        }
        assertThat(status).isEqualTo(200);
    }

    private ProcessHandle postmaster() throws IOException {
        String process = Files.readAllLines(folder.resolve("data/postgres/data/postmaster.pid"))
                .get(0);
        return ProcessHandle.of(Long.parseLong(process)).orElseThrow();
    }
}
