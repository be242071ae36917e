package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.archive.ArchiveStore.Outcome;
import dev.rollcall.archive.Import;
import dev.rollcall.outcome.StoreHealth;
import dev.rollcall.outcome.StoreSetupException;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.store.postgres.Database;
import dev.rollcall.store.supabase.SupabaseProject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Supabase projects whose database is read-only, slow, a replica, lost, or not Rollcall's. */
class SupabaseDatabaseTest {

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
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
}
