package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.TWO_A_DAY;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.archive.ArchiveException;
import dev.rollcall.archive.ArchiveStore;
import dev.rollcall.archive.ArchiveStore.Kind;
import dev.rollcall.archive.ArchiveStore.Outcome;
import dev.rollcall.archive.ArchiveStore.Row;
import dev.rollcall.archive.Export;
import dev.rollcall.archive.Import;
import dev.rollcall.audit.AuditVerification;
import dev.rollcall.keys.Scope;
import dev.rollcall.people.EnrollmentStore.Written;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.UserId;
import dev.rollcall.store.function.PostgrestServer.Failure;
import dev.rollcall.store.postgres.Database;
import dev.rollcall.store.supabase.SupabaseProject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports and imports, from any store to any other. */
class ArchiveTest {

    private static final Clock CLOCK = Clock.fixed(MORNING.plus(Duration.ofDays(30)), Samples.UTC);

    /** What an import notes in the audit log of its target. */
    private static final int ADOPTED_AND_IMPORTED = 2;

    @TempDir
    static Path folder;

    private static TestServer server;
    private static Database source;
    private static PostgrestServer rest;
    private static SupabaseProject project;

    private Path file;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        Database.Address sourceDatabase = server.newEmptyDatabase();
        source = TestServer.open(sourceDatabase);
        Database.Address projectDatabase = server.newScriptedDatabase();
        rest = new PostgrestServer(projectDatabase);
        project = SupabaseProject.open(new SupabaseProject.Address(rest.url(), PostgrestServer.SERVICE_KEY));
        ArchiveSource.fill(sourceDatabase, source);
    }

    @AfterAll
    static void stop() {
        rest.close();
        source.close();
        server.close();
    }

    @BeforeEach
    void export() throws IOException {
        file = folder.resolve(UUID.randomUUID() + ".jsonl.gz");
        new Export(new FunctionArchiveStore(source, TemplateSeal.none()), CLOCK).to(file, (kind, rows) -> {});
    }

    @Test
    void everything_movesFromPostgresToSupabaseAndBack() throws Exception {
        Outcome there = importInto(project, file);
        Path second = folder.resolve("second.jsonl.gz");
        new Export(new FunctionArchiveStore(project, TemplateSeal.none()), CLOCK).to(second, (kind, rows) -> {});

        assertThat(there)
                .isEqualTo(new Outcome.Imported(Map.ofEntries(
                        entry("sites", 2L),
                        entry("people", 44L),
                        entry("look_alikes", 2L),
                        entry("templates", 88L),
                        entry("marks", 585L),
                        entry("corrections", 2L),
                        entry("correction_requests", 2L),
                        entry("shifts", 1L),
                        entry("shift_assignments", 2L),
                        entry("holidays", 1L),
                        entry("api_keys", 1L),
                        entry("audit", 92L))));
        assertThat(ArchiveFiles.rows(second))
                .containsSubsequence(ArchiveFiles.rows(file))
                .hasSize(2 + 44 + 2 + 585 + 2 + 2 + 4 + 1 + 92 + ADOPTED_AND_IMPORTED);
        try (Database back = TestServer.open(server.newDatabase())) {
            assertThat(importInto(back, second)).isInstanceOf(Outcome.Imported.class);
            assertThat(new FunctionPeopleStore(back, TemplateSeal.none()).find(new UserId("person-3"), Samples.MODEL))
                    .isEqualTo(new FunctionPeopleStore(source, TemplateSeal.none())
                            .find(new UserId("person-3"), Samples.MODEL));
            assertThat(new FunctionApiKeyStore(back)
                            .use("c".repeat(64), MORNING, null)
                            .orElseThrow()
                            .scopes())
                    .containsExactly(Scope.RECOGNIZE);
            AuditVerification.Report report = AuditVerification.of(new FunctionAuditStore(back), List.of());
            assertThat(report.problems()).isEmpty();
            assertThat(report.chains()).hasSize(3);
        }
    }

    @Test
    void marksAfterAnImport_goOnWhereTheNumbersEnded() throws Exception {
        try (Database target = TestServer.open(server.newDatabase())) {
            importInto(target, file);
            UserId person = new UserId("person-4");

            new FunctionAttendanceStore(target).mark(Samples.request(person, MORNING), TWO_A_DAY);

            assertThat(Samples.enroll(new FunctionPeopleStore(target, TemplateSeal.none()), person, 5))
                    .isEqualTo(new Written.Enrolled(3));
            assertThat(count(target, Kind.MARK)).isEqualTo(586);
        }
    }

    @Test
    void repeatedImport_addsNothing() throws Exception {
        try (Database target = TestServer.open(server.newDatabase())) {
            importInto(target, file);

            assertThat(importInto(target, file)).isInstanceOfSatisfying(Outcome.Imported.class, again -> assertThat(
                            again.added().values())
                    .hasSize(12)
                    .containsOnly(0L));
            assertThat(count(target, Kind.MARK)).isEqualTo(585);
        }
    }

    @Test
    void importIntoOtherContents_isRefusedAndWritesNothing() throws Exception {
        try (Database target = TestServer.open(server.newDatabase())) {
            Samples.enroll(new FunctionPeopleStore(target, TemplateSeal.none()), new UserId("person-3"), 99);

            Outcome outcome = importInto(target, file);

            assertThat(((Outcome.Conflict) outcome).rows()).contains("template 1");
            assertThat(count(target, Kind.PERSON)).isEqualTo(1);
            assertThat(count(target, Kind.MARK)).isZero();
            assertThat(importInto(target, file)).isInstanceOf(Outcome.Conflict.class);
        }
    }

    @Test
    void importOnARestlessLine_isCompleteAllTheSame() throws Exception {
        Database.Address database = server.newScriptedDatabase();
        try (PostgrestServer restless = new PostgrestServer(database)) {
            DatabaseFunctions target =
                    SupabaseProject.open(new SupabaseProject.Address(restless.url(), PostgrestServer.SERVICE_KEY));
            restless.failNext(Failure.ANSWER_LOST, Failure.GATEWAY);

            assertThat(importInto(target, file)).isInstanceOf(Outcome.Imported.class);
            assertThat(count(target, Kind.MARK)).isEqualTo(585);
        }
    }

    @Test
    void lostStore_leavesNothingOfTheImport() throws Exception {
        Database.Address database = server.newDatabase();
        try (Database target = TestServer.open(database)) {
            ArchiveStore store = new FunctionArchiveStore(target, TemplateSeal.none());
            Import broken = new Import(new FailingArchiveStore(store), CLOCK);

            assertThatThrownBy(() -> broken.from(file, (kind, rows) -> {})).hasMessage("lost");

            assertThat(count(target, Kind.PERSON)).isZero();
            assertThat(TestServer.ask(database, "select count(*) from import_rows"))
                    .isEqualTo("0");
        }
    }

    @Test
    void importLeftUnfinished_goesAfterADayAndWithThePerson() throws Exception {
        Database.Address database = server.newDatabase();
        try (Database target = TestServer.open(database)) {
            ArchiveStore store = new FunctionArchiveStore(target, TemplateSeal.none());
            FunctionPeopleStore people = new FunctionPeopleStore(target, TemplateSeal.none());
            UserId ann = new UserId("ann");
            Samples.enroll(people, ann, 1);
            Row person = new Row(Kind.PERSON, "{\"user_id\":\"ann\"}");
            store.stage("left", 0, List.of(person, new Row(Kind.MARK, "{}")), MORNING);

            people.erase(ann, MORNING, KeptMarks.KEEP, Samples.CALLER);
            assertThat(TestServer.ask(database, "select string_agg(kind, ',') from import_rows"))
                    .isEqualTo("mark");

            new FunctionAttendanceStore(target).sweep(MORNING.plus(Duration.ofHours(25)));
            assertThat(TestServer.ask(database, "select count(*) from import_rows"))
                    .isEqualTo("0");
        }
    }

    @Test
    void export_isPrivateAndHasNothingUnfinishedBesideIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve(file.getFileName() + ".partial")).doesNotExist();
    }

    @Test
    void damagedFiles_areRefusedBeforeAnythingIsWritten() throws Exception {
        List<String> lines = ArchiveFiles.lines(file);
        List<String> swapped = new ArrayList<>(lines);
        swapped.set(3, lines.get(4));
        swapped.set(4, lines.get(3));
        List<String> changed = new ArrayList<>(lines);
        changed.set(60, lines.get(60).replace("\"number\": 1", "\"number\": 2"));
        try (Database target = TestServer.open(server.newDatabase())) {
            refused(target, ArchiveFiles.written(swapped), "checksum");
            refused(target, ArchiveFiles.written(changed), "checksum");
            refused(target, ArchiveFiles.written(lines.subList(0, lines.size() - 1)), "no end");
            refused(target, ArchiveFiles.written(lines.subList(1, lines.size())), "not a Rollcall export");
            refused(target, ArchiveFiles.written(List.of(lines.get(0), "rubbish")), "damaged at row 1");
            refused(target, "rubbish".getBytes(StandardCharsets.UTF_8), "not a Rollcall export");
            refused(target, new byte[0], "not a Rollcall export");
            byte[] whole = Files.readAllBytes(file);
            for (int length : new int[] {11, 500, whole.length / 2, whole.length - 9, whole.length - 1}) {
                refused(target, Arrays.copyOf(whole, length), "");
            }
            assertThat(count(target, Kind.PERSON)).isZero();
        }
    }

    @Test
    void newerExport_isRefused() throws Exception {
        List<String> lines = new ArrayList<>(ArchiveFiles.lines(file));
        lines.set(0, lines.get(0).replace("\"schema\":" + Schema.VERSION, "\"schema\":99"));

        refused(source, ArchiveFiles.written(lines), "newer Rollcall");
    }

    private static void refused(DatabaseFunctions target, byte[] content, String reason) throws IOException {
        Path damaged = Files.write(folder.resolve("damaged.jsonl.gz"), content);
        assertThatThrownBy(() -> importInto(target, damaged))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(reason);
    }

    private static Outcome importInto(DatabaseFunctions target, Path archive) throws IOException, ArchiveException {
        return new Import(new FunctionArchiveStore(target, TemplateSeal.none()), CLOCK)
                .from(archive, (kind, rows) -> {});
    }

    private static int count(DatabaseFunctions functions, Kind kind) {
        ArchiveStore store = new FunctionArchiveStore(functions, TemplateSeal.none());
        int count = 0;
        String after = "";
        do {
            ArchiveStore.Page page = store.read(kind, after);
            count += page.contents().size();
            after = page.last();
        } while (!after.isEmpty());
        return count;
    }
}
