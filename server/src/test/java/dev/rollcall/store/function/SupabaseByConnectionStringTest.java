package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stores over JDBC, on a PostgreSQL that isn't the service's own, as an account that merely owns its database. */
class SupabaseByConnectionStringTest extends StoreContracts {

    private static TestServer server;
    private static Database.Address address;
    private static Database database;

    @BeforeAll
    static void start() throws SQLException {
        server = new TestServer();
        address = server.newSupabaseDatabase();
        database = TestServer.open(address);
    }

    @AfterAll
    static void stop() {
        database.close();
        server.close();
    }

    @Override
    public DatabaseFunctions functions() {
        return database;
    }

    @Test
    void owner_isNoSuperuser() throws SQLException {
        assertThat(TestServer.ask(address, "select rolsuper from pg_roles where rolname = current_user"))
                .isEqualTo("f");
    }

    @Test
    void sessions_haveTimeLimits() throws SQLException {
        TestServer.execute(
                address,
                "create function session_limits() returns jsonb language sql as $$select jsonb_build_array("
                        + "current_setting('lock_timeout'), current_setting('statement_timeout'))$$");
        assertThat(database.call(FunctionCall.reads("session_limits")).toString())
                .isEqualTo("[\"10s\",\"15s\"]");
    }
}
