package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.service.RunningService.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands backup and doctor of the package, while its service runs and while it doesn't. */
class MaintenanceIT {

    @TempDir
    private Path folder;

    @Test
    void backupBesideTheService_isTakenByAnEmptyDatabase() throws Exception {
        RunningService service = SharedService.withoutPeople();
        service.enroll("maintenance-1", Pictures.portrait("geronimo"));
        Path backups = folder.resolve("backups");

        Ended made = RunningService.command(
                SharedService.folder(), SharedService.SETTINGS, "backup", backups.toString(), "--keep", "2");

        assertThat(made.exitCode()).as(made.said()).isZero();
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        PreparedData.copyUnpackedTo(elsewhere.resolve("data"));
        Ended taken = RunningService.command(
                elsewhere, SharedService.SETTINGS, "import", only(backups).toString());
        assertThat(taken.exitCode()).as(taken.said()).isZero();
        assertThat(taken.said()).contains("1 people").doesNotContain(RunningService.KEY);
    }

    @Test
    void doctor_asksTheServiceThatRuns() throws Exception {
        Map<String, String> settings = new HashMap<>(SharedService.SETTINGS);
        settings.put(
                "PORT", Integer.toString(SharedService.withoutPeople().address().getPort()));
        settings.put("HOST", "127.0.0.1");

        Ended ended = RunningService.command(SharedService.folder(), settings, "doctor");

        assertThat(ended.said())
                .contains("Rollcall", "embedded, schema", "responds", "/kiosk is sent", "API_KEY is set", "none in ")
                .doesNotContain(RunningService.KEY);
    }

    @Test
    void doctorWithoutAService_triesTheModelsAndMakesNothing() throws Exception {
        Path data = folder.resolve("data");
        Map<String, String> settings = Map.of("API_KEY", "short", "HOST", "127.0.0.1", "PORT", "1");

        Ended ended = RunningService.command(folder, settings, "doctor");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.said())
                .contains("loaded, computed by native", "the first start makes it", "WRONG  API key")
                .doesNotContain("short,");
        assertThat(data).doesNotExist();
    }

    private static Path only(Path backups) throws IOException {
        try (Stream<Path> files = Files.list(backups)) {
            return files.filter(file -> file.toString().endsWith(".jsonl.gz"))
                    .reduce((one, other) -> {
                        throw new IllegalStateException("two backups");
                    })
                    .orElseThrow();
        }
    }
}
