package dev.rollcall.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.usecase.AttendanceStore;
import dev.rollcall.usecase.PeopleStore;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stores on the embedded PostgreSQL. */
class EmbeddedPostgresStoreTest extends StoreContract {

    @TempDir
    static Path folder;

    private static EmbeddedPostgres server;
    private static Database database;

    @BeforeAll
    static void start() {
        // As the default ./data comes out: with a step that leads nowhere.
        server = EmbeddedPostgres.start(folder.resolve(".").resolve("data"));
        database = Database.open("embedded", new Database.Address(server.jdbcUrl(), server.user(), server.password()));
    }

    @AfterAll
    static void stop() {
        database.close();
        server.close();
    }

    @Override
    PeopleStore people() {
        return new PostgresPeopleStore(database);
    }

    @Override
    AttendanceStore attendance() {
        return new PostgresAttendanceStore(database);
    }

    @Test
    void server_isDurable() {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertThat(ask("show " + setting)).isEqualTo("on");
        }
    }

    @Test
    void everyTable_hasRowLevelSecurity() {
        assertThat(ask("""
                        select string_agg(relname, ',' order by relname)
                        from pg_class
                        where relnamespace = 'public'::regnamespace and relkind = 'r' and not relrowsecurity
                          and relname <> 'flyway_schema_history'""")).isNull();
    }

    @Test
    void firstKey_isAddedOnce() {
        PostgresApiKeyStore keys = new PostgresApiKeyStore(database);

        assertThat(keys.addFirst("a".repeat(64), "first", Instant.EPOCH)).isTrue();
        assertThat(keys.addFirst("b".repeat(64), "second", Instant.EPOCH)).isFalse();
        assertThat(keys.contains("a".repeat(64))).isTrue();
        assertThat(keys.contains("b".repeat(64))).isFalse();
    }

    private static String ask(String sql) {
        return database.with(connection -> {
            ResultSet row = connection.createStatement().executeQuery(sql);
            row.next();
            return row.getString(1);
        });
    }
}
