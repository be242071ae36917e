package dev.rollcall.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.doctor.AccessCheck.Reach;
import dev.rollcall.doctor.Finding.State;
import dev.rollcall.doctor.ServiceProbe.Found;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorChecksTest {

    private static final Instant NOW = Instant.parse("2026-11-27T04:35:00Z");
    private static final Path DATA = Path.of("data");
    private static final String HEALTHY = """
            {"status":"ok","engine":{"loaded":true,"model":"m","liveness":"monitor","runtime":"native","problem":null},
             "database":{"kind":"embedded","ok":true,"schema":1,"problem":null},"clock":{"ok":true,"problem":null}}
            """;

    @TempDir
    private Path folder;

    @Test
    void littleMemory_isWrongForAStartAndEnoughForARunningService() {
        String meminfo = "MemTotal:        1000000 kB\nMemAvailable:     200000 kB\n";

        assertThat(MachineCheck.memory(meminfo, false).state()).isEqualTo(State.WRONG);
        assertThat(MachineCheck.memory(meminfo, true).state()).isEqualTo(State.OK);
        assertThat(MachineCheck.memory("", true).state()).isEqualTo(State.NOTE);
    }

    @Test
    void disk_isNotedBelowAGigabyteAndWrongWhenNearlyFull() {
        assertThat(MachineCheck.disk(DATA, 5_000_000_000L).state()).isEqualTo(State.OK);
        assertThat(MachineCheck.disk(DATA, 900_000_000L).state()).isEqualTo(State.NOTE);
        assertThat(MachineCheck.disk(DATA, 90_000_000L).state()).isEqualTo(State.WRONG);
    }

    @Test
    void clock_isWrongInThePastAndFineWhereSomethingSetsIt() throws IOException {
        assertThat(MachineCheck.clock(NOW, ZoneOffset.UTC, folder).state()).isEqualTo(State.NOTE);
        assertThat(MachineCheck.clock(Instant.EPOCH, ZoneOffset.UTC, folder).state())
                .isEqualTo(State.WRONG);

        Files.createDirectories(folder.resolve("run/chrony"));
        Files.createFile(folder.resolve("run/chrony/chronyd.pid"));

        assertThat(MachineCheck.clock(NOW, ZoneOffset.UTC, folder).state()).isEqualTo(State.OK);
    }

    @Test
    void certificate_isWrongInItsLastWeeks() {
        assertThat(CertificateCheck.of(NOW.plus(Duration.ofDays(90)), NOW).state())
                .isEqualTo(State.OK);
        assertThat(CertificateCheck.of(NOW.plus(Duration.ofDays(20)), NOW).state())
                .isEqualTo(State.WRONG);
        assertThat(CertificateCheck.of(NOW.minusSeconds(1), NOW).says()).startsWith("ended");
    }

    @Test
    void backup_isWrongOnceItIsOldAndNotedWhereThereIsNone() throws IOException {
        Path backups = folder.resolve("backups");
        assertThat(BackupCheck.of(backups, NOW).state()).isEqualTo(State.NOTE);

        Files.createDirectory(backups);
        Files.createFile(backups.resolve("rollcall-20261126T020000Z.jsonl.gz"));

        assertThat(BackupCheck.of(backups, NOW).state()).isEqualTo(State.OK);
        assertThat(BackupCheck.of(backups, NOW.plus(Duration.ofDays(7))).state())
                .isEqualTo(State.WRONG);
    }

    @Test
    void key_isNeverShown() {
        Finding tooShort = AccessCheck.key(Optional.of("secret"));

        assertThat(tooShort.state()).isEqualTo(State.WRONG);
        assertThat(tooShort.toString()).doesNotContain("secret");
        assertThat(AccessCheck.key(Optional.empty()).state()).isEqualTo(State.OK);
    }

    @Test
    void cameraPage_needsHttpsForOtherMachines() {
        String page = "http://127.0.0.1:8000/kiosk";

        assertThat(AccessCheck.camera(Reach.PLAIN, page, Optional.of(true)).advice())
                .contains("TLS=local");
        assertThat(AccessCheck.camera(Reach.HTTPS, page, Optional.of(true)).state())
                .isEqualTo(State.OK);
        assertThat(AccessCheck.camera(Reach.HTTPS, page, Optional.of(false)).state())
                .isEqualTo(State.WRONG);
    }

    @Test
    void healthReport_isToldAsFindings() throws JsonProcessingException {
        assertThat(HealthCheck.of(json(HEALTHY))).extracting(Finding::state).containsOnly(State.OK);
        assertThat(HealthCheck.of(json(HEALTHY.replace("\"ok\":true,\"schema\":1,\"problem\":null", "\"ok\":false"))))
                .extracting(Finding::state)
                .contains(State.WRONG);
    }

    @Test
    void probe_tellsRollcallFromAnotherProgramAndFromNothing() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        String[] text = {HEALTHY};
        server.createContext("/health", exchange -> {
            byte[] body = text[0].getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            assertThat(ServiceProbe.at(address)).isInstanceOf(Found.Rollcall.class);
            text[0] = "<html>";
            assertThat(ServiceProbe.at(address)).isInstanceOf(Found.Other.class);
        } finally {
            server.stop(0);
        }
        assertThat(ServiceProbe.at(address)).isInstanceOf(Found.Nothing.class);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new JsonMapper().readTree(text);
    }
}
