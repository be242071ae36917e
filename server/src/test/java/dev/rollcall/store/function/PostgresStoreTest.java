package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.embedded.PreparedServer;
import dev.rollcall.store.postgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stores over JDBC, on the embedded PostgreSQL. */
class PostgresStoreTest extends StoreContracts {

    @TempDir
    static Path folder;

    private static EmbeddedPostgres server;
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        // As the default ./data comes out: with a step that leads nowhere.
        server = PreparedServer.start(folder.resolve(".").resolve("data"));
        database = Database.open(
                "embedded",
                new Database.Address(
                        server.access().jdbcUrl(),
                        server.access().user(),
                        server.access().password()),
                TestServer.MOST_CONNECTIONS);
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
    void server_isDurable() throws SQLException {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertThat(ask("show " + setting)).isEqualTo("on");
        }
    }

    @Test
    void whatMayTellOfRows_isTheOwnersAlone() throws IOException {
        Path postgres = folder.resolve("data/postgres");
        for (String file : List.of("password", "postgres.log")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(postgres.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void openedDatabase_hasTheVersionThatTheProgramKnows() {
        assertThat(database.schemaVersion()).isEqualTo(Schema.VERSION);
        assertThat(Schema.stateOf(database).isUsable()).isTrue();
        assertThat(database.problem()).isEmpty();
    }

    private static String ask(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                server.access().jdbcUrl(),
                server.access().user(),
                server.access().password())) {
            ResultSet row = connection.createStatement().executeQuery(sql);
            row.next();
            return row.getString(1);
        }
    }
}
