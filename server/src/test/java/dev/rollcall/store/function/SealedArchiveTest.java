package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.archive.ArchiveException;
import dev.rollcall.archive.ArchiveStore.Outcome;
import dev.rollcall.archive.Export;
import dev.rollcall.archive.Import;
import dev.rollcall.people.UserId;
import dev.rollcall.store.postgres.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives with encrypted templates. */
class SealedArchiveTest {

    private static final Clock CLOCK = Clock.fixed(MORNING.plus(Duration.ofDays(30)), Samples.UTC);
    private static final TemplateSeal SEAL = seal(1);

    @TempDir
    static Path folder;

    private static TestServer server;
    private static List<String> rows;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        try (Database source = TestServer.open(server.newEmptyDatabase())) {
            Samples.enroll(new FunctionPeopleStore(source, SEAL), new UserId("ann"), 1);
            Path file = folder.resolve("sealed.jsonl.gz");
            new Export(new FunctionArchiveStore(source, SEAL), CLOCK).to(file, (kind, count) -> {});
            rows = ArchiveFiles.rows(file);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void templatesThatOpen_areTaken() throws Exception {
        try (Database target = TestServer.open(server.newDatabase())) {
            assertThat(imported(target, SEAL, rows)).isInstanceOf(Outcome.Imported.class);
            assertThat(new FunctionPeopleStore(target, SEAL).find(new UserId("ann"), Samples.MODEL))
                    .isPresent();
        }
    }

    @Test
    void templatesThatDoNotOpen_areRefused() throws Exception {
        String person = rows.stream()
                .filter(row -> row.contains("\"embedding\""))
                .findFirst()
                .orElseThrow();
        int place = person.indexOf("\"embedding\": \"") + 100;
        String changed =
                person.substring(0, place) + (person.charAt(place) == '0' ? '1' : '0') + person.substring(place + 1);
        try (Database target = TestServer.open(server.newDatabase())) {
            refused(target, seal(2), List.of(person), "sealed_with is the key ");
            refused(target, TemplateSeal.none(), List.of(person), "set TEMPLATE_KEY or OLD_TEMPLATE_KEY to it");
            refused(target, SEAL, List.of(changed), "embedding was changed, or belongs to somebody else");
            refused(target, SEAL, List.of(person.replace("\"ann\"", "\"bob\"")), "embedding was changed, or belongs");
            refused(target, SEAL, List.of(person.replace("\"embedding\": \"", "\"embedding\": \"00")), "embedding was");
        }
    }

    private static void refused(Database target, TemplateSeal seal, List<String> changed, String reason) {
        assertThatThrownBy(() -> imported(target, seal, changed))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("line 2 (person), template 1, ")
                .hasMessageContaining(reason);
    }

    private static Outcome imported(Database target, TemplateSeal seal, List<String> changed) throws Exception {
        Path file = Files.write(
                folder.resolve("changed.jsonl.gz"), ArchiveFiles.written(SampleArchive.lines(Schema.VERSION, changed)));
        return new Import(new FunctionArchiveStore(target, seal), CLOCK).from(file, (kind, count) -> {});
    }

    private static TemplateSeal seal(int seed) {
        byte[] bytes = new byte[TemplateKey.BYTES];
        new Random(seed).nextBytes(bytes);
        return new TemplateSeal(TemplateKey.parse(Base64.getEncoder().encodeToString(bytes)), Optional.empty());
    }
}
