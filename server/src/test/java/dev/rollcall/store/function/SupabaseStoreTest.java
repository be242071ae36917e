package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.archive.ArchiveStore.Outcome;
import dev.rollcall.archive.Import;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.outcome.StoreHealth;
import dev.rollcall.outcome.StoreSetupException;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.store.function.PostgrestServer.Failure;
import dev.rollcall.store.postgres.Database;
import dev.rollcall.store.supabase.SupabaseProject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stores over Supabase's REST interface, onto a PostgreSQL with a project's roles and the generated script. */
class SupabaseStoreTest extends StoreContracts {

    @TempDir
    static Path folder;

    private static TestServer server;
    private static PostgrestServer rest;
    private static SupabaseProject project;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        Database.Address database = server.newScriptedDatabase();
        rest = new PostgrestServer(database);
        project = open(PostgrestServer.SERVICE_KEY);
    }

    @AfterAll
    static void stop() {
        rest.close();
        server.close();
    }

    @Override
    public DatabaseFunctions functions() {
        return project;
    }

    @Test
    void openProject_saysWhatItIs() {
        assertThat(project.kind()).isEqualTo("supabase");
        assertThat(project.schemaVersion()).isEqualTo(Schema.VERSION);
        assertThat(project.problem()).isEmpty();
    }

    @Test
    void markWhoseTokenIsOfTheFuture_isMadeAgainForSeconds() {
        UserId ann = enrolled();
        Failure future = Failure.TOKEN_OF_THE_FUTURE;
        rest.failNext(future, future, future, future, future, future);

        assertThat(mark(ann, null)).isInstanceOf(Marking.Decided.class);
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    void projectThatIsUnpaidOrPaused_isUnavailableAndNothingIsWritten() {
        UserId ann = enrolled();
        for (Failure failure : new Failure[] {Failure.OVER_QUOTA, Failure.PAUSED}) {
            rest.failNext(failure, failure, failure);
            assertThatThrownBy(() -> mark(ann, null))
                    .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                            .isTrue());
        }
        assertThat(marksOf(ann)).isZero();
    }

    @Test
    void writeThatIsRefusedForTheFullDisk_isToldByHealthUntilOneSucceeds() {
        UserId ann = enrolled();
        rest.failNext(Failure.READ_ONLY, Failure.READ_ONLY, Failure.READ_ONLY);

        assertThatThrownBy(() -> mark(ann, null))
                .hasMessageContaining("disk is full")
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                        .isTrue());
        assertThat(project.problem()).contains(StoreHealth.Problem.DISK_FULL);

        assertThat(mark(ann, null)).isInstanceOf(Marking.Decided.class);
        assertThat(project.problem()).isEmpty();
    }

    @Test
    void databaseThatWasMadeReadOnly_hasAFullDisk() throws Exception {
        Database.Address database = server.newProject(false);
        server.setReadOnly(database, true);
        try (PostgrestServer other = new PostgrestServer(database)) {
            SupabaseProject full =
                    SupabaseProject.open(new SupabaseProject.Address(other.url(), PostgrestServer.SERVICE_KEY));

            assertThat(full.problem()).contains(StoreHealth.Problem.DISK_FULL);
        }
    }

    @Test
    void replica_isReportedAsOne() throws Exception {
        Database.Address database = server.newProject(false);
        TestServer.execute(
                database,
                "create or replace function rollcall_schema_version() returns jsonb language sql stable as"
                        + " $$select to_jsonb(s) || '{\"read_only\": true, \"standby\": true}' from rollcall_schema s$$");
        try (PostgrestServer other = new PostgrestServer(database)) {
            SupabaseProject replica =
                    SupabaseProject.open(new SupabaseProject.Address(other.url(), PostgrestServer.SERVICE_KEY));

            assertThat(replica.problem()).contains(StoreHealth.Problem.STANDBY);
        }
    }

    @Test
    void poolerThatLosesItsDatabaseDuringAMark_leavesItOpenWhetherItWasWritten() throws Exception {
        Database.Address database = server.newProject(false);
        TestServer.execute(
                database,
                "create function lose() returns trigger language plpgsql as"
                        + " $$begin raise exception 'lost' using errcode = 'XX000'; end$$;"
                        + " create trigger lose before insert on attendance execute function lose()");
        try (PostgrestServer other = new PostgrestServer(database);
                Database direct = TestServer.open(database)) {
            SupabaseProject overRest =
                    SupabaseProject.open(new SupabaseProject.Address(other.url(), PostgrestServer.SERVICE_KEY));
            for (DatabaseFunctions functions : new DatabaseFunctions[] {overRest, direct}) {
                assertThatThrownBy(() -> new FunctionAttendanceStore(functions)
                                .mark(Samples.request(new UserId("ann"), Samples.MORNING), Samples.TWO_A_DAY))
                        .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                                .isFalse());
            }
        }
    }

    @Test
    void importThatTakesLongerThanOtherCalls_hasItsOwnLimit() throws Exception {
        Database.Address database = server.newProject(false);
        TestServer.execute(
                database,
                "create function wait() returns trigger language plpgsql as $$begin perform pg_sleep(0.6);"
                        + " return null; end$$; create trigger wait before insert on sites execute function wait()");
        Path file = SampleArchive.written(folder, List.of(SampleArchive.site("gate")));
        try (PostgrestServer other = new PostgrestServer(database, Duration.ofMillis(300))) {
            SupabaseProject slow =
                    SupabaseProject.open(new SupabaseProject.Address(other.url(), PostgrestServer.SERVICE_KEY));

            assertThat(new Import(new FunctionArchiveStore(slow, TemplateSeal.none()), Clock.systemUTC())
                            .from(file, (kind, rows) -> {}))
                    .isInstanceOf(Outcome.Imported.class);
        }
        assertThat(TestServer.ask(
                        database,
                        "select count(*) from pg_proc where proname in ('check_import', 'finish_import')"
                                + " and 'statement_timeout=60s' = any (proconfig)"))
                .isEqualTo("2");
    }

    @Test
    void callThatNeverGotThere_isMadeAgain() {
        UserId ann = enrolled();
        rest.failNext(Failure.BEFORE, Failure.BEFORE);

        assertThat(mark(ann, null)).isInstanceOf(Marking.Decided.class);
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    void markWhoseAnswerWasLost_isNotMadeAgainWithoutAKey() {
        UserId ann = enrolled();
        int before = rest.calls();
        rest.failNext(Failure.ANSWER_LOST);

        assertThatThrownBy(() -> mark(ann, null))
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                        .isFalse());

        assertThat(rest.calls()).isEqualTo(before + 1);
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    void markWhoseAnswerWasLost_isAnsweredUnderItsKey() {
        UserId ann = enrolled();
        rest.failNext(Failure.ANSWER_LOST, Failure.GATEWAY);

        Attempt attempt = Samples.newAttempt();

        assertThat(mark(ann, attempt)).isEqualTo(new Marking.Repeated());
        assertThat(answers().find(attempt.key(), Samples.MORNING).orElseThrow().content())
                .extracting("decision")
                .isInstanceOf(MarkDecision.Marked.class);
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    void triesThatNeverGotThere_takeNothingBackFromOneThatMayHave() {
        UserId ann = enrolled();
        rest.failNext(Failure.ANSWER_LOST, Failure.BEFORE, Failure.BEFORE);

        assertThatThrownBy(() -> mark(ann, Samples.newAttempt()))
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                        .isFalse());
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    void keyThatIsRefusedAfterALostAnswer_doesNotSayThatNothingWasWritten() {
        UserId ann = enrolled();
        rest.failNext(Failure.ANSWER_LOST, Failure.KEY_REFUSED);

        assertThatThrownBy(() -> mark(ann, Samples.newAttempt()))
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                        .isFalse());
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    void readWhoseAnswerWasLost_isMadeAgain() {
        UserId ann = enrolled();
        rest.failNext(Failure.ANSWER_LOST, Failure.GATEWAY);

        assertThat(people().find(ann, Samples.MODEL)).isPresent();
    }

    @Test
    void gatewaysPageOnAWrite_leavesItOpenWhetherItWasWritten() {
        UserId ann = enrolled();
        rest.failNext(Failure.GATEWAY);

        assertThatThrownBy(() -> mark(ann, null))
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                        .isFalse());
    }

    @Test
    void responsesWithoutEnd_areGivenUpByHealth() {
        rest.failNext(Failure.ENDLESS);

        assertThat(project.problem()).contains(StoreHealth.Problem.UNREACHABLE);
        assertThat(project.problem()).isEmpty();
    }

    @Test
    void tokenOfTheFuture_isNoProblemOfHealth() {
        rest.failNext(Failure.TOKEN_OF_THE_FUTURE, Failure.TOKEN_OF_THE_FUTURE);

        assertThat(project.problem()).isEmpty();
    }

    @Test
    void otherServers_areNoHealthyProjects() throws Exception {
        Database.Address database = server.newProject(false);
        TestServer.execute(
                database,
                "create or replace function rollcall_schema_version() returns jsonb language sql stable as"
                        + " $$select to_jsonb(s) from rollcall_schema s$$");
        try (PostgrestServer other = new PostgrestServer(database)) {
            SupabaseProject changed =
                    SupabaseProject.open(new SupabaseProject.Address(other.url(), PostgrestServer.SERVICE_KEY));
            TestServer.execute(
                    database,
                    "create or replace function rollcall_schema_version() returns jsonb language sql stable as"
                            + " $$select '{}'::jsonb$$");

            assertThat(changed.problem()).contains(StoreHealth.Problem.UNREACHABLE);
            assertThatThrownBy(() ->
                            SupabaseProject.open(new SupabaseProject.Address(other.url(), PostgrestServer.SERVICE_KEY)))
                    .isInstanceOf(StoreSetupException.class)
                    .hasMessageContaining("SUPABASE_URL");
        }
    }

    @Test
    void projectThatSaysNothing_isReportedByHealth() {
        rest.failNext(Failure.SILENCE);

        assertThat(project.problem()).contains(StoreHealth.Problem.UNREACHABLE);
        assertThat(project.problem()).isEmpty();
    }

    private static SupabaseProject open(String key) {
        return SupabaseProject.open(new SupabaseProject.Address(rest.url(), key));
    }

    private UserId enrolled() {
        UserId userId = Samples.newUserId();
        Samples.enroll(people(), userId, 1);
        return userId;
    }

    private Marking mark(UserId person, @Nullable Attempt attempt) {
        return attendance().mark(Samples.request(Samples.match(person), Samples.MORNING, attempt), Samples.TWO_A_DAY);
    }

    private int marksOf(UserId person) {
        return attendance().list(new Query(person, null, null, 0, 100)).size();
    }
}
