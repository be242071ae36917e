package dev.rollcall.store.function;

import dev.rollcall.files.FolderRemoval;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.embedded.PreparedServer;
import dev.rollcall.store.postgres.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The one PostgreSQL of all tests of a JVM: started when it is first asked for, stopped when the JVM ends. */
final class SharedPostgres {

    /** A database with the schema and nothing in it, of which others are copies. */
    static final String MIGRATED = "migrated";

    private static final Map<Boolean, Database.Address> PROJECTS = new HashMap<>();

    private SharedPostgres() {}

    /** The Supabase database with the schema that others are copies of; made when it is first asked for. */
    static synchronized Database.Address project(TestServer server, boolean migrated) throws SQLException {
        Database.Address made = PROJECTS.get(migrated);
        if (made == null) {
            made = server.makeProject(migrated);
            PROJECTS.put(migrated, made);
        }
        return made;
    }

    static EmbeddedPostgres server() {
        return Holder.SERVER;
    }

    private static final class Holder {

        private static final EmbeddedPostgres SERVER = started();

        private static EmbeddedPostgres started() {
            try {
                Path folder = Files.createTempDirectory("rollcall-tests");
                EmbeddedPostgres server = PreparedServer.start(folder.resolve("data"));
                prepare(server);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder), "stop-shared-postgres"));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /**
         * Without fsync, since no test kills this server, and with passwords that cost little at each of the many
         * connections; with a migrated database to copy.
         */
        private static void prepare(EmbeddedPostgres server) {
            EmbeddedPostgres.Access main = server.access();
            try (Connection connection = DriverManager.getConnection(main.jdbcUrl(), main.user(), main.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("alter system set fsync = off");
                statement.execute("alter system set scram_iterations = 1");
                statement.execute("select pg_reload_conf()");
                statement.execute("set scram_iterations = 1");
                statement.execute("alter role " + main.user() + " password '" + main.password() + "'");
                statement.execute("create database " + MIGRATED);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            String url = main.jdbcUrl();
            String migrated = url.substring(0, url.lastIndexOf('/') + 1) + MIGRATED;
            TestServer.open(new Database.Address(migrated, main.user(), main.password()))
                    .close();
        }

        private static void stop(EmbeddedPostgres server, Path folder) {
            server.close();
            try {
                FolderRemoval.remove(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
