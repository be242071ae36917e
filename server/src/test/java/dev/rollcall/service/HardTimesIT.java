package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.files.Repetitions;
import dev.rollcall.service.RunningService.Answer;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service stopped in the middle of its work, with few files, and with larger pictures allowed. */
class HardTimesIT {

    /** What a process ends with that stops at SIGTERM as it should. */
    private static final int TERMINATED = 143;

    private static final List<Integer> DELAYS_MS = List.of(150, 60, 260);

    private static final Map<String, String> SETTINGS =
            Map.of("API_KEY", RunningService.KEY, "MAX_ATTENDANCE_PER_DAY", "10000");

    @TempDir
    Path folder;

    @Test
    void stopDuringTheFirstPictures_leavesNobodyUnansweredAndNoCrash() throws Exception {
        try (RunningService first = RunningService.start(folder, SETTINGS)) {
            assertThat(first.enroll("manuel", Pictures.portrait("manuel")).status())
                    .isEqualTo(201);
        }
        byte[] form = RunningService.form("manuel", Pictures.portrait("manuel"));
        for (int delayMs : DELAYS_MS.subList(0, Repetitions.of(1, DELAYS_MS.size()))) {
            RunningService service = RunningService.start(folder, SETTINGS);
            ExecutorService clients = Executors.newFixedThreadPool(20);
            try {
                List<Future<Answer>> answers = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    answers.add(clients.submit(() ->
                            service.post("/recognize", RunningService.KEY, "multipart/form-data; boundary=b", form)));
                }
                Thread.sleep(delayMs);

                assertThat(service.terminate()).isEqualTo(TERMINATED);

                for (Future<Answer> answer : answers) {
                    assertThat(answer.get().status()).isIn(200, 503);
                }
            } finally {
                clients.shutdownNow();
                service.close();
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("hs_err"));
        }
    }

    @Test
    void moreConnectionsThanFiles_areServedInTurn() throws Exception {
        try (RunningService service = RunningService.startWithFiles(folder, 180, SETTINGS)) {
            List<SocketChannel> clients = HostileClientsIT.connected(service, 300);
            assertThat(service.get("/v1/people").status()).isEqualTo(200);
            for (SocketChannel client : clients) {
                client.close();
            }
            assertThat(service.get("/v1/people").status()).isEqualTo(200);
            assertThat(service.log()).doesNotContain("Too many open files");
        }
    }

    @Test
    void largerPictures_areTakenWhereTheyAreAllowed() throws Exception {
        Map<String, String> settings =
                Map.of("API_KEY", RunningService.KEY, "MAX_ATTENDANCE_PER_DAY", "10000", "MAX_IMAGE_MB", "16");
        try (RunningService service = RunningService.start(folder, settings)) {
            byte[] photo = Pictures.noisyPhoto("manuel", 2_200, "png");
            assertThat(photo).hasSizeGreaterThan(8_500_000);
            assertThat(service.enroll("manuel", Pictures.portrait("manuel")).status())
                    .isEqualTo(201);

            for (Answer answer : LargeUploadsIT.atOnce(4, () -> recognized(service, photo))) {
                assertThat(answer.status()).isIn(200, 503);
            }

            assertThat(recognized(service, photo).status()).isEqualTo(200);
            assertThat(service.recognize("manuel", photo).status()).isEqualTo(200);
            assertThat(service.log()).doesNotContain("OutOfMemoryError");
        }
    }

    private static Answer recognized(RunningService service, byte[] photo) throws IOException, InterruptedException {
        return service.post(
                "/recognize",
                RunningService.KEY,
                "multipart/form-data; boundary=b",
                RunningService.form("manuel", photo));
    }
}
