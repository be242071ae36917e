package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.files.Repetitions;
import dev.rollcall.service.RunningService.Answer;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.embedded.PreparedServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of its own that goes away and comes back, while the service goes on. */
class DatabaseFaultsIT {

    private static final int LIMIT = 1000;
    private static final int STOPS = Repetitions.of(2, 4);
    private static final String MARK = "/data/mark/id";

    @TempDir
    static Path folder;

    private static EmbeddedPostgres database;
    private static Forwarder line;
    private static RunningService service;
    private static EventReceiver receiver;
    private static byte[] picture;
    private static byte[] other;

    @BeforeAll
    static void start() throws Exception {
        picture = Pictures.portrait("manuel");
        other = Pictures.portrait("geronimo");
        database = PreparedServer.start(folder.resolve("database"));
        line = new Forwarder(port());
        receiver = new EventReceiver();
        EmbeddedPostgres.Access access = database.access();
        service = RunningService.start(
                Files.createDirectory(folder.resolve("service")),
                Map.of(
                        "API_KEY",
                        RunningService.KEY,
                        "WEBHOOK_TARGETS",
                        "private",
                        "MAX_ATTENDANCE_PER_DAY",
                        Integer.toString(LIMIT),
                        "TIME_ZONE",
                        MarkStream.noonZone(),
                        "DATABASE_URL",
                        "postgresql://%s:%s@127.0.0.1:%d/postgres"
                                .formatted(access.user(), access.password(), line.port())));
        assertThat(service.enroll("manuel", picture).status()).isEqualTo(201);
        assertThat(service.enroll("other", other).status()).isEqualTo(201);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        receiver.close();
        line.close();
        database.close();
    }

    @Test
    void stoppedAndStartedDatabase_losesNoMarkAndNeedsNoRestart() throws Exception {
        List<MarkStream> streams = List.of(
                new MarkStream(() -> service, "manuel", picture, true),
                new MarkStream(() -> service, "manuel", picture, true),
                new MarkStream(() -> service, "manuel", picture, false));
        receiver.listen(service, "mark.created");
        List<Thread> threads = MarkStream.start(streams);
        for (int stop = 0; stop < STOPS; stop++) {
            Thread.sleep(700);
            database.close();
            assertThat(service.get("/health").status()).isEqualTo(503);
            assertThat(service.recognize("other", other).code()).isEqualTo("STORE_UNAVAILABLE");
            database = PreparedServer.start(folder.resolve("database"));
            line.leadTo(port());
            awaitHealth(200);
            assertThat(service.recognize("other", other).status()).isEqualTo(200);
        }
        MarkStream.stop(streams, threads);

        List<JsonNode> marks = service.marksOf("manuel");
        for (MarkStream stream : streams) {
            assertThat(stream.statuses()).containsExactlyInAnyOrder(200, 503);
        }
        MarkStream.verify(streams, marks, LIMIT);
        assertThat(service.marksOf("other")).hasSize(STOPS);
        int events = receivedOnceOrAgainAfterAStop(marks);
        FaultTable.write(
                "DatabaseFaultsIT",
                Map.of(
                        "stops of the database",
                        Integer.toString(STOPS),
                        "acknowledged",
                        MarkStream.acknowledged(streams) + " of " + marks.size() + " written",
                        "events received",
                        events + " of " + (marks.size() + STOPS) + " marks"));
        assertThat(service.log()).doesNotContain("\tat ");
    }

    /** An event comes again if a stop kept its delivery from being noted: one is under way to a receiver at a time. Returns how many came. */
    private static int receivedOnceOrAgainAfterAStop(List<JsonNode> marks) throws Exception {
        Set<String> ids = new LinkedHashSet<>();
        marks.forEach(mark -> ids.add(mark.path("id").asText()));
        Set<String> all = new LinkedHashSet<>(ids);
        service.marksOf("other").forEach(mark -> all.add(mark.path("id").asText()));
        receiver.await(MARK, all);
        List<JsonNode> events = receiver.events();
        assertThat(receiver.marks(MARK)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(receiver.marks(MARK).stream().filter(ids::contains)).containsExactlyElementsOf(ids);
        assertThat(events).hasSizeBetween(all.size(), all.size() + STOPS);
        return events.size();
    }

    @Test
    void deadLine_endsInARefusalAndHealsByItself() throws Exception {
        byte[] waiting = Pictures.portrait("elizabeth");
        assertThat(service.enroll("waiting", waiting).status()).isEqualTo(201);
        line.setDead(true);
        try {
            long start = System.nanoTime();
            Answer answer = service.recognize("waiting", waiting);
            assertThat(answer.code()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(50));
            assertThat(service.get("/health").body().at("/database/problem").asText())
                    .isEqualTo("unreachable");
        } finally {
            line.setDead(false);
        }
        awaitHealth(200);
        assertThat(service.recognize("waiting", waiting).status()).isEqualTo(200);
    }

    private static void awaitHealth(int status) throws Exception {
        for (int attempt = 0; attempt < 100; attempt++) {
            if (service.get("/health").status() == status) {
                return;
            }
            Thread.sleep(100);
        }
        assertThat(service.get("/health").status()).isEqualTo(status);
    }

    private static int port() {
        return URI.create(database.access().jdbcUrl().substring("jdbc:".length()))
                .getPort();
    }
}
