package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.files.Repetitions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service and its database, killed again and again while they write marks. */
class KillIT {

    private static final int KILLS = Integer.getInteger("rollcall.kills", Repetitions.of(6, 21));
    private static final int LIMIT = 2 * KILLS;
    private static final long SEED = 4;

    @TempDir
    Path folder;

    @Test
    void killsInAStreamOfMarks_neitherLoseNorDoubleOne() throws Exception {
        Map<String, String> settings = Map.of(
                "API_KEY",
                RunningService.KEY,
                "MAX_ATTENDANCE_PER_DAY",
                Integer.toString(LIMIT),
                "TIME_ZONE",
                MarkStream.noonZone());
        AtomicReference<RunningService> service = new AtomicReference<>(RunningService.start(folder, settings));
        byte[] plain = Pictures.portrait("manuel");
        byte[] keyed = Pictures.portrait("geronimo");
        assertThat(service.get().enroll("plain", plain).status()).isEqualTo(201);
        assertThat(service.get().enroll("keyed", keyed).status()).isEqualTo(201);
        List<MarkStream> withoutKeys = List.of(
                new MarkStream(service::get, "plain", plain, false),
                new MarkStream(service::get, "plain", plain, false));
        List<MarkStream> withKeys = List.of(
                new MarkStream(service::get, "keyed", keyed, true), new MarkStream(service::get, "keyed", keyed, true));
        List<MarkStream> all =
                Stream.concat(withoutKeys.stream(), withKeys.stream()).toList();
        Random random = new Random(SEED);

        List<Thread> plainThreads = MarkStream.start(withoutKeys);
        List<Thread> keyedThreads = MarkStream.start(withKeys);
        for (int kill = 0; kill < KILLS; kill++) {
            MarkStream.awaitAnswers(all, 1 + random.nextInt(6));
            Thread.sleep(random.nextInt(100));
            if (kill % 3 == 2) {
                killDatabase();
            }
            service.get().kill();
            service.set(RunningService.start(folder, settings));
        }
        MarkStream.awaitAnswers(all, 2);
        MarkStream.stop(withoutKeys, plainThreads);
        MarkStream.stop(withKeys, keyedThreads);

        try (RunningService last = service.get()) {
            List<JsonNode> plainMarks = last.marksOf("plain");
            List<JsonNode> keyedMarks = last.marksOf("keyed");
            MarkStream.verify(withoutKeys, plainMarks, LIMIT);
            MarkStream.verify(withKeys, keyedMarks, LIMIT);
            withKeys.get(0).verifyRepetitions(10);
            FaultTable.write(
                    "KillIT",
                    Map.of(
                            "kills", KILLS + ", of them " + KILLS / 3 + " of the database too",
                            "acknowledged without keys",
                                    MarkStream.acknowledged(withoutKeys) + " of " + plainMarks.size() + " written",
                            "acknowledged with keys",
                                    MarkStream.acknowledged(withKeys) + " of " + keyedMarks.size() + " written"));
        }
    }

    private void killDatabase() throws Exception {
        long postmaster = Long.parseLong(Files.readAllLines(folder.resolve("data/postgres/data/postmaster.pid"))
                .get(0));
        ProcessHandle.of(postmaster).ifPresent(ProcessHandle::destroyForcibly);
    }
}
