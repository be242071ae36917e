package dev.rollcall.store.function;

import static dev.rollcall.store.function.TestServer.ask;
import static dev.rollcall.store.function.TestServer.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rollcall.outcome.StoreSetupException;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The schema, and how the script and the migrations create and update it. */
class SchemaTest {

    private static final Schema.State CURRENT = new Schema.State(Schema.VERSION, Schema.REVISION, Schema.checksum());

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
    void everyFunctionsBody_isValidOnceAllAreThere() throws SQLException {
        Database.Address database = server.newDatabase();

        execute(database, """
                do $check$
                declare
                    definition text;
                begin
                    for definition in
                        select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
                    loop
                        execute definition;
                    end loop;
                end
                $check$""");
        assertThat(ask(database, "show check_function_bodies")).isEqualTo("on");
    }

    @Test
    void scriptRunTwice_changesNothing() throws SQLException {
        Database.Address database = server.newSupabaseDatabase();
        execute(database, Schema.script());
        execute(database, "insert into people values ('ann', 'Ann', now(), now())");

        execute(database, Schema.script());

        assertThat(ask(database, "select count(*) from people")).isEqualTo("1");
        assertThat(stateOf(database)).isEqualTo(CURRENT);
    }

    @Test
    void scriptThatBreaksInTheMiddle_leavesNothingBehind() throws SQLException {
        Database.Address database = server.newSupabaseDatabase();
        execute(database, "create function find_person(text, text) returns integer language sql as 'select 7'");

        assertThatThrownBy(() -> execute(database, Schema.script())).hasMessageContaining("find_person");

        assertThat(ask(database, "select to_regclass('people') is null and find_person('', '') = 7"))
                .isEqualTo("t");
    }

    @Test
    void scriptAndMigrations_makeTheSameSchema() throws SQLException {
        Database.Address pasted = server.newEmptyDatabase();
        execute(pasted, Schema.script());
        Database.Address migrated = server.newEmptyDatabase();
        TestServer.open(migrated).close();

        assertThat(shape(pasted)).isEqualTo(shape(migrated)).contains("mark_attendance");
    }

    @Test
    void databaseOfTheScript_isTakenOverByTheMigrations() throws SQLException {
        Database.Address database = server.newEmptyDatabase();
        execute(database, Schema.script());

        for (int start = 0; start < 2; start++) {
            try (Database opened = TestServer.open(database)) {
                assertThat(opened.schemaVersion()).isEqualTo(Schema.VERSION);
            }
        }
    }

    @Test
    void olderFunctions_areReplacedAndDeadOnesGo() throws SQLException {
        for (boolean byScript : new boolean[] {false, true}) {
            Database.Address database = server.newProject(!byScript);
            String shape = shape(database);
            execute(database, "drop function count_held()");
            execute(database, "create function count_held(p_day date) returns integer language sql as 'select 1'");
            execute(database, "create function gone_since() returns integer language sql as 'select 1'");
            execute(database, "comment on function count_held is 'Rollcall'");
            execute(database, "comment on function gone_since is 'Rollcall'");
            execute(database, "update rollcall_schema set revision = 0");

            if (byScript) {
                execute(database, Schema.script());
            } else {
                TestServer.open(database).close();
            }

            assertThat(shape(database)).isEqualTo(shape);
            assertThat(stateOf(database)).isEqualTo(CURRENT);
            assertThat(ask(database, "select count(*) from people")).isEqualTo("1");
        }
    }

    @Test
    void otherFunctionsOfTheSameRevision_areReplaced() throws SQLException {
        Database.Address database = server.newProject(true);
        execute(database, "update rollcall_schema set checksum = 'of a build in between'");

        TestServer.open(database).close();

        assertThat(stateOf(database)).isEqualTo(CURRENT);
    }

    @Test
    void functionsOfANewerRevision_areLeftAlone() throws SQLException {
        Database.Address database = server.newProject(true);
        execute(database, "update rollcall_schema set revision = 99, checksum = 'newer'");

        try (Database opened = TestServer.open(database)) {
            assertThat(opened.schemaVersion()).isEqualTo(Schema.VERSION);
        }
        assertThatThrownBy(() -> execute(database, Schema.script()))
                .hasMessageContaining("newer")
                .hasMessageContaining("99");

        assertThat(stateOf(database)).isEqualTo(new Schema.State(Schema.VERSION, 99, "newer"));
    }

    @Test
    void schemaWhoseVersionIsABareNumber_isRefused() throws SQLException {
        Database.Address database = server.newEmptyDatabase();
        execute(
                database,
                "create function rollcall_schema_version() returns integer language sql immutable as 'select 12'");

        assertThatThrownBy(() -> TestServer.open(database))
                .isInstanceOf(StoreSetupException.class)
                .hasMessageContaining("version 12");
    }

    @Test
    void databaseWithOtherTables_isTaken() throws SQLException {
        Database.Address database = server.newEmptyDatabase();
        execute(database, "create table invoices (id integer)");

        try (Database opened = TestServer.open(database)) {
            assertThat(opened.schemaVersion()).isEqualTo(Schema.VERSION);
        }
    }

    @Test
    void newerSchema_isRefused() throws SQLException {
        Database.Address database = server.newDatabase();
        execute(database, "update rollcall_schema set version = 99");

        assertThatThrownBy(() -> TestServer.open(database))
                .isInstanceOf(StoreSetupException.class)
                .hasMessageContaining("99")
                .hasMessageContaining("newer");
    }

    @Test
    void wrongRows_areImpossible() throws SQLException {
        Database.Address database = server.newDatabase();
        execute(database, "insert into people values ('ann', 'Ann', now(), now())");
        String mark =
                "insert into attendance (user_id, marked_at, work_date, number, direction, confidence, similarity)"
                        + " values ('ann', '2026-11-22T12:00Z', '%s', %d, '%s', %s, 0.5)";
        execute(database, mark.formatted("2026-11-22", 1, "in", "0.9"));
        String late =
                "insert into attendance (user_id, marked_at, work_date, number, direction, confidence, similarity, source,"
                        + " liveness, captured_at, received_at)"
                        + " values ('ann', '2026-11-22T12:00Z', '2026-11-22', 2, 'in', 0.9, 0.5, '%s', %s, %s, %s)";
        execute(database, late.formatted("late", "null", "now()", "now()"));
        String manual = "insert into attendance (user_id, marked_at, work_date, number, direction, source, %s)"
                + " values ('ann', '2026-11-22T12:00Z', '2026-11-22', 3, 'in', 'manual', %s)";
        String corrections =
                "insert into corrections (action, user_id, old_mark, new_mark, reason, key_id, approved_by, at)"
                        + " select %s, now() from attendance where number = 1";

        for (String wrong : List.of(
                mark.formatted("2026-11-22", 1, "out", "0.9"),
                mark.formatted("2026-11-22", 0, "in", "0.9"),
                mark.formatted("2026-11-25", 1, "in", "0.9"),
                mark.formatted("2026-11-23", 1, "sideways", "0.9"),
                mark.formatted("2026-11-23", 1, "in", "1.5"),
                mark.formatted("2026-11-23", 1, "in", "null"),
                mark.formatted("2026-11-23", 1, "in", "0.9")
                        .replace("similarity)", "similarity, source)")
                        .replace("0.5)", "0.5, 'late')"),
                late.formatted("device", "null", "null", "now()"),
                late.formatted("device", "null", "now()", "now()"),
                late.formatted("late", "null", "now()", "null"),
                late.formatted("late", "null", "now()", "now() - interval '1 second'"),
                late.formatted("manual", "null", "null", "null"),
                manual.formatted("liveness", "0.5"),
                manual.formatted("rival_similarity", "0.5"),
                manual.formatted("look_alike", "false"),
                manual.formatted("inside_geofence", "true"),
                "insert into corrections (action, user_id, reason, key_id, at) values ('voided', 'ann', 'why', 'k', now())",
                corrections.formatted("'replaced', user_id, id, id, 'why', 'k', null"),
                corrections.formatted("'voided', user_id, -1, null, 'why', 'k', null"),
                corrections.formatted("'voided', user_id, id, null, 'no', 'k', null"),
                corrections.formatted("'voided', user_id, id, null, 'why', 'k', 'k'"),
                corrections.formatted("'voided', 'bob', id, null, 'why', 'k', null"),
                corrections.formatted("'added', 'bob', null, id, 'why', 'k', null"),
                "insert into correction_requests (state, action, user_id, old_mark, reason, key_id, at)"
                        + " select 'pending', 'voided', 'bob', id, 'why', 'k', now() from attendance",
                "insert into people values ('no spaces', 'Ann', now(), now())",
                "insert into people values ('bob', '', now(), now())",
                "insert into face_embeddings (user_id, model, embedding, quality, created_at)"
                        + " values ('ann', 'm', '\\x00', 1, now())",
                "insert into face_embeddings (user_id, model, embedding, quality, created_at)"
                        + " values ('nobody', 'm', decode(repeat('00', 1024), 'hex'), 1, now())",
                "insert into api_keys values ('plain key', 'k', now())",
                "insert into idempotency values (repeat('a', 64), repeat('b', 64), 'ann', now(), now(), '{}')",
                "insert into audit_log (at, action, details) values (now(), 'X', to_jsonb(repeat('x', 9000)))")) {
            assertThatThrownBy(() -> execute(database, wrong)).as(wrong).isInstanceOf(SQLException.class);
        }
    }

    private static Schema.State stateOf(Database.Address database) throws SQLException {
        try {
            return Schema.State.of(Json.MAPPER.readTree(ask(database, "select rollcall_schema_version()")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every column, constraint, index and function, as text. */
    private static String shape(Database.Address database) throws SQLException {
        return ask(database, """
                select string_agg(line, E'\\n' order by line)
                from (select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
                             || coalesce(column_default, '') as line
                      from information_schema.columns
                      where table_schema = 'public' and table_name <> 'rollcall_migrations'
                      union all
                      select conrelid::regclass || ' ' || pg_get_constraintdef(oid)
                      from pg_constraint
                      where connamespace = 'public'::regnamespace and conrelid::regclass::text <> 'rollcall_migrations'
                      union all
                      select indexdef from pg_indexes
                      where schemaname = 'public' and tablename <> 'rollcall_migrations'
                      union all
                      select pg_get_triggerdef(t.oid) from pg_trigger t where not tgisinternal
                      union all
                      select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace) lines""");
    }
}
