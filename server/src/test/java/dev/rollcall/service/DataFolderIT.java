package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data folders that can't be used, or are full. */
class DataFolderIT {

    @TempDir
    Path folder;

    @Test
    void folderThatCannotBeMade_isToldInASentence() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(failedStart(Map.of("DATA_DIR", file.resolve("data").toString())))
                .contains("data folder")
                .contains("can't be used")
                .doesNotContain("\tat ");
    }

    @Test
    void folderThatMayNotBeWritten_isToldInASentence() throws Exception {
        Path readOnly = Path.of("/proc");
        assumeTrue(Files.isDirectory(readOnly), "there is no /proc here");

        assertThat(failedStart(Map.of("DATA_DIR", readOnly.resolve("rollcall").toString())))
                .contains("can't be used")
                .doesNotContain("\tat ");
    }

    @Test
    void diskThatIsFullAtTheStart_isToldInASentence() throws Exception {
        for (String size : new String[] {"20m", "70m"}) {
            try (SmallDisk disk = SmallDisk.mounted(folder, size)) {
                assertThat(failedStart(
                                Map.of("DATA_DIR", disk.path().resolve("data").toString())))
                        .as(size)
                        .contains("No space left on device")
                        .doesNotContain("\tat ");
            }
        }
    }

    @Test
    void diskThatFillsUp_stopsMarksAndNothingElse() throws Exception {
        byte[] picture = Pictures.portrait("manuel");
        try (SmallDisk disk = SmallDisk.mounted(folder, "230m");
                RunningService service = RunningService.start(
                        folder,
                        Map.of(
                                "API_KEY",
                                RunningService.KEY,
                                "MAX_ATTENDANCE_PER_DAY",
                                "1000",
                                "DATA_DIR",
                                disk.path().resolve("data").toString()))) {
            assertThat(service.enroll("manuel", picture).status()).isEqualTo(201);

            disk.fill();
            RunningService.Answer refused = service.recognize("manuel", picture);
            assertThat(refused.code()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(refused.body().path("detail").asText()).contains("Nothing was written");
            RunningService.Answer health = service.get("/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.body().at("/database/problem").asText()).isEqualTo("disk_full");
            assertThat(service.get("/v1/attendance").status()).isEqualTo(200);
            assertThat(service.log()).contains("No space left on device").doesNotContain("\tat ");

            disk.makeRoom();
            assertThat(service.recognize("manuel", picture).status()).isEqualTo(200);
            assertThat(service.get("/health").status()).isEqualTo(200);
            assertThat(service.marksOf("manuel")).hasSize(1);
        }
    }

    private String failedStart(Map<String, String> settings) throws Exception {
        Path log = Files.createTempFile(folder, "start", ".log");
        Process process = RunningService.launch(folder, log, settings);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        return Files.readString(log);
    }
}
