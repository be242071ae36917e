package dev.rollcall.store.function;

import static dev.rollcall.store.function.TestServer.ask;
import static dev.rollcall.store.function.TestServer.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.store.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who has access to the tables and functions of the schema. */
class SchemaAccessTest {

    private static final List<String> TABLES = List.of(
            "rollcall_schema",
            "sites",
            "template_changes",
            "template_change_counter",
            "corrections",
            "correction_requests",
            "shifts",
            "shift_assignments",
            "holidays",
            "webhooks",
            "outbox",
            "deliveries",
            "receipt_keys",
            "people",
            "look_alikes",
            "face_embeddings",
            "attendance",
            "api_keys",
            "sessions",
            "setup",
            "pairings",
            "pairing_attempts",
            "phone_links",
            "audit_log",
            "audit_chains",
            "idempotency",
            "import_rows",
            "people_imports",
            "people_import_results");

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
    void objectsOfOthers_areLeftAlone() throws SQLException {
        Database.Address database = server.newSupabaseDatabase();
        execute(database, "create table invoices (id integer generated always as identity)");
        execute(database, "create table flyway_schema_history (version text)");
        execute(database, "create function invoice_total() returns integer language sql as 'select 7'");
        String rights = "select string_agg(acl, ' ' order by acl) from (select relacl::text as acl from pg_class"
                + " where relname like 'invoices%' or relname = 'flyway_schema_history'"
                + " union all select proacl::text || obj_description(oid) from pg_proc where proname = 'invoice_total'"
                + " union all select proacl::text from pg_proc where proname = 'invoice_total') a";
        String before = ask(database, rights);

        execute(database, Schema.script());
        execute(database, "update rollcall_schema set checksum = ''");
        TestServer.open(database).close();
        execute(database, Schema.script());

        assertThat(ask(database, rights)).isEqualTo(before).contains("anon");
        assertThat(askAs(database, "anon", "select invoice_total()")).isEqualTo("7");
        assertThat(ask(database, "select count(*) from flyway_schema_history")).isEqualTo("0");
    }

    @Test
    void everyTableSequenceAndFunction_isTheServiceRolesAlone() throws SQLException {
        for (boolean migrated : new boolean[] {false, true}) {
            Database.Address database = server.newProject(migrated);
            execute(database, "update rollcall_schema set checksum = ''");
            if (migrated) {
                TestServer.open(database).close();
            } else {
                execute(database, Schema.script());
            }
            for (String role : List.of("public", "anon", "authenticated")) {
                assertThat(ask(database, """
                        select string_agg(name, ' ')
                        from (select relname as name, relacl as acl, relkind::text as kind, relowner as owner
                              from pg_class
                              where relnamespace = 'public'::regnamespace and relkind in ('r', 'S', 'v', 'm', 'p')
                              union all
                              select proname, coalesce(proacl, acldefault('f', proowner)), 'f', proowner
                              from pg_proc
                              where pronamespace = 'public'::regnamespace) o,
                             aclexplode(coalesce(acl, acldefault('r', owner))) a
                        where a.grantee = case '%1$s' when 'public' then 0 else to_regrole('%1$s')::oid end""".formatted(role))).as(role).isEqualTo("null");
            }
            assertThat(ask(database, """
                    select string_agg(relname, ' ')
                    from pg_class
                    where relnamespace = 'public'::regnamespace and relkind = 'r'
                      and not has_table_privilege('service_role', oid, 'select')""")).isEqualTo("null");
            assertThat(ask(database, """
                    select string_agg(proname, ' ')
                    from pg_proc
                    where pronamespace = 'public'::regnamespace
                      and (not has_function_privilege('service_role', oid, 'execute')
                           or coalesce(obj_description(oid), '') not like 'Rollcall%'
                           or prosecdef and not coalesce(proconfig::text, '') like '%search_path=public, pg_temp%')""")).isEqualTo("null");
        }
    }

    @Test
    void everyTable_hasRowLevelSecurity() throws SQLException {
        Database.Address database = server.newDatabase();

        assertThat(ask(database, """
                        select string_agg(relname, ',' order by relname)
                        from pg_class
                        where relnamespace = 'public'::regnamespace and relkind = 'r' and not relrowsecurity""")).isEqualTo("null");
    }

    @Test
    void anonAndAuthenticated_readAndWriteNothing() throws SQLException {
        for (boolean migrated : new boolean[] {false, true}) {
            Database.Address database = server.newProject(migrated);
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
                        "use_api_key('x', now(), null)",
                        "append_audit(now(), 'X', null, '{}', '{}')",
                        "prune_audit(now(), now(), 10)",
                        "restrict_access()")) {
                    assertThatThrownBy(() -> executeAs(database, role, "select " + function))
                            .as(role + ": " + function)
                            .hasMessageContaining("permission denied");
                }
            }
        }
    }

    @Test
    void anonWithGrants_isStillKeptOutByRowLevelSecurity() throws SQLException {
        Database.Address database = server.newProject(false);
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
        Database.Address database = server.newProject(false);

        for (String table : TABLES) {
            assertThat(askAs(database, "service_role", "select count(*) >= 0 from " + table))
                    .isEqualTo("t");
        }
        assertThat(askAs(database, "service_role", "select find_person('ann', 'm') ->> 'name'"))
                .isEqualTo("Ann");
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
}
