package dev.rollcall.store.function;

import static dev.rollcall.store.function.TestServer.ask;
import static dev.rollcall.store.function.TestServer.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.outcome.StoreSetupException;
import dev.rollcall.store.postgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The schema: its two ways into a database, and who may touch it there. */
class SchemaTest {

    private static final List<String> TABLES = List.of(
            "people",
            "face_embeddings",
            "attendance",
            "api_keys",
            "audit_log",
            "audit_chains",
            "idempotency",
            "import_rows");

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
    void scriptAtTheRoot_isTheOneOfThisProgram() throws IOException {
        assertThat(Path.of("..", "supabase_schema.sql"))
                .as("stale: run ./rollcall schema > supabase_schema.sql")
                .hasContent(Schema.script());
    }

    @Test
    void everyMigration_isListedAndSaysItsVersion() throws IOException {
        Path migrations = Path.of("src/main/resources", Schema.FOLDER);
        try (Stream<Path> files = Files.list(migrations)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Schema.MIGRATIONS);
        }
        for (int version = 2; version <= Schema.VERSION; version++) {
            assertThat(migrations.resolve(Schema.MIGRATIONS.get(version - 1)))
                    .content()
                    .endsWith("language sql immutable as 'select " + version + "';\n");
        }
    }

    @Test
    void scriptRunTwice_changesNothing() throws SQLException {
        Database.Address database = server.newSupabaseDatabase();
        execute(database, Schema.script());
        execute(database, "insert into people values ('ann', 'Ann', now(), now())");

        execute(database, Schema.script());

        assertThat(ask(database, "select count(*) from people")).isEqualTo("1");
        assertThat(ask(database, "select rollcall_schema_version()")).isEqualTo("" + Schema.VERSION);
    }

    @Test
    void scriptAndMigrations_makeTheSameSchema() throws SQLException {
        Database.Address pasted = server.newDatabase();
        execute(pasted, Schema.script());
        Database.Address migrated = server.newDatabase();
        Database.open("postgres", migrated).close();

        assertThat(shape(pasted)).isEqualTo(shape(migrated)).contains("mark_attendance");
    }

    @Test
    void databaseOfTheScript_isTakenOverByTheMigrations() throws SQLException {
        Database.Address database = server.newDatabase();
        execute(database, Schema.script());

        for (int start = 0; start < 2; start++) {
            try (Database opened = Database.open("postgres", database)) {
                assertThat(opened.schemaVersion()).isEqualTo(Schema.VERSION);
            }
        }
    }

    @Test
    void migratedDatabaseOfTheFirstVersion_isUpdatedByTheScriptAndThenOpened() throws SQLException {
        Database.Address database = server.newDatabase();
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations("classpath:" + Schema.FOLDER)
                .target("1")
                .load()
                .migrate();
        execute(database, "insert into people values ('ann', 'Ann', now(), now())");

        execute(database, Schema.script());

        try (Database opened = Database.open("postgres", database)) {
            assertThat(opened.schemaVersion()).isEqualTo(Schema.VERSION);
        }
        assertThat(ask(database, "select count(*) from people")).isEqualTo("1");
    }

    @Test
    void databaseWithOtherTables_isTaken() throws SQLException {
        Database.Address database = server.newDatabase();
        execute(database, "create table invoices (id integer)");

        try (Database opened = Database.open("postgres", database)) {
            assertThat(opened.schemaVersion()).isEqualTo(Schema.VERSION);
        }
    }

    @Test
    void newerSchema_isRefused() throws SQLException {
        Database.Address database = server.newDatabase();
        Database.open("postgres", database).close();
        execute(
                database,
                "create or replace function rollcall_schema_version() returns integer language sql as 'select 99'");

        assertThatThrownBy(() -> Database.open("postgres", database))
                .isInstanceOf(StoreSetupException.class)
                .hasMessageContaining("99")
                .hasMessageContaining("newer");
    }

    @Test
    void wrongRows_areImpossible() throws SQLException {
        Database.Address database = server.newDatabase();
        Database.open("postgres", database).close();
        execute(database, "insert into people values ('ann', 'Ann', now(), now())");
        String mark =
                "insert into attendance (user_id, marked_at, work_date, number, direction, confidence, similarity)"
                        + " values ('ann', '2026-11-22T12:00Z', '%s', %d, '%s', %s, 0.5)";
        execute(database, mark.formatted("2026-11-22", 1, "in", "0.9"));

        for (String wrong : List.of(
                mark.formatted("2026-11-22", 1, "out", "0.9"),
                mark.formatted("2026-11-22", 0, "in", "0.9"),
                mark.formatted("2026-11-25", 1, "in", "0.9"),
                mark.formatted("2026-11-23", 1, "sideways", "0.9"),
                mark.formatted("2026-11-23", 1, "in", "1.5"),
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

    @Test
    void everyTable_hasRowLevelSecurity() throws SQLException {
        Database.Address database = server.newDatabase();
        Database.open("postgres", database).close();

        assertThat(ask(database, """
                        select string_agg(relname, ',' order by relname)
                        from pg_class
                        where relnamespace = 'public'::regnamespace and relkind = 'r' and not relrowsecurity""")).isEqualTo("null");
    }

    @Test
    void anonAndAuthenticated_readAndWriteNothing() throws SQLException {
        for (boolean migrated : new boolean[] {false, true}) {
            Database.Address database = projectDatabase(migrated);
            for (String role : List.of("anon", "authenticated")) {
                for (String table : TABLES) {
                    for (String sql : List.of(
                            "select * from " + table,
                            "delete from " + table,
                            "insert into " + table + " default values")) {
                        assertThatThrownBy(() -> executeAs(database, role, sql))
                                .as(role + ": " + sql)
                                .hasMessageContaining("permission denied");
                    }
                }
                for (String function : List.of(
                        "rollcall_schema_version()",
                        "find_person('ann', 'm')",
                        "erase_person('ann', now(), false, '{}')",
                        "export_rows('person', '', 10)",
                        "use_api_key('x', now())",
                        "append_audit(now(), 'X', null, '{}', '{}')",
                        "prune_audit(now(), now(), 10)",
                        "restrict_access(array[]::text[], array[]::text[])")) {
                    assertThatThrownBy(() -> executeAs(database, role, "select " + function))
                            .as(role + ": " + function)
                            .hasMessageContaining("permission denied");
                }
            }
        }
    }

    @Test
    void anonWithGrants_isStillKeptOutByRowLevelSecurity() throws SQLException {
        Database.Address database = projectDatabase(false);
        execute(database, "grant all on all tables in schema public to anon");
        execute(database, "grant all on all functions in schema public to anon");

        for (String table : TABLES) {
            assertThat(askAs(database, "anon", "select count(*) from " + table)).isEqualTo("0");
        }
        assertThat(askAs(database, "anon", "select coalesce(find_person('ann', 'm')::text, 'nothing')"))
                .isEqualTo("nothing");
        assertThat(askAs(database, "anon", "select coalesce(erase_person('ann', now(), false, '{}')::text, 'nothing')"))
                .isEqualTo("nothing");
        assertThatThrownBy(() -> executeAs(database, "anon", "insert into people values ('x', 'X', now(), now())"))
                .hasMessageContaining("row-level security");
        for (String call : List.of(
                "append_audit(now(), 'X', null, '{}', '{}')",
                "prune_audit(now(), now(), 10)",
                "adopt_audit('x', now(), '{}')")) {
            assertThatThrownBy(() -> executeAs(database, "anon", "select " + call))
                    .as(call)
                    .hasMessageContaining("permission denied");
        }
        assertThat(ask(database, "select count(*) from people")).isEqualTo("1");
    }

    @Test
    void serviceRole_works() throws SQLException {
        Database.Address database = projectDatabase(false);

        for (String table : TABLES) {
            assertThat(askAs(database, "service_role", "select count(*) >= 0 from " + table))
                    .isEqualTo("t");
        }
        assertThat(askAs(database, "service_role", "select find_person('ann', 'm') ->> 'name'"))
                .isEqualTo("Ann");
    }

    private static Database.Address projectDatabase(boolean migrated) throws SQLException {
        Database.Address database = server.newSupabaseDatabase();
        if (migrated) {
            Database.open("postgres", database).close();
        } else {
            execute(database, Schema.script());
        }
        execute(database, "insert into people values ('ann', 'Ann', now(), now())");
        return database;
    }

    private static void executeAs(Database.Address database, String role, String sql) throws SQLException {
        askAs(database, role, sql);
    }

    private static String askAs(Database.Address database, String role, String sql) throws SQLException {
        try (Connection connection = TestServer.connect(TestServer.as(database, "authenticator"));
                Statement statement = connection.createStatement()) {
            statement.execute("set role " + role);
            if (!statement.execute(sql)) {
                return "";
            }
            statement.getResultSet().next();
            return String.valueOf(statement.getResultSet().getString(1));
        }
    }

    /** Every column, constraint, index and function, as text. */
    private static String shape(Database.Address database) throws SQLException {
        return ask(database, """
                select string_agg(line, E'\\n' order by line)
                from (select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
                             || coalesce(column_default, '') as line
                      from information_schema.columns
                      where table_schema = 'public' and table_name <> 'flyway_schema_history'
                      union all
                      select conrelid::regclass || ' ' || pg_get_constraintdef(oid)
                      from pg_constraint
                      where connamespace = 'public'::regnamespace and conrelid::regclass::text <> 'flyway_schema_history'
                      union all
                      select indexdef from pg_indexes
                      where schemaname = 'public' and tablename <> 'flyway_schema_history'
                      union all
                      select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace) lines""");
    }
}
