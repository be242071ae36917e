package dev.rollcall.store.postgres;

import dev.rollcall.store.function.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings a database's schema up to date. The schema itself says which version it has, since it may have come from the
 * script as well as from here; Flyway's own records follow it.
 */
final class Migrations {

    private static final String HISTORY = "flyway_schema_history";

    private Migrations() {}

    /**
     * Migrates. Where there is nothing to do Flyway is not even loaded, which saves time and memory at most starts.
     *
     * @return the version that the schema has now
     */
    static int run(DataSource source) throws SQLException {
        int present;
        try (Connection connection = source.getConnection()) {
            present = presentVersion(connection);
            Schema.refuseNewer(present);
            if (present == Schema.VERSION && isShielded(connection)) {
                return present;
            }
            forgetOlderHistory(connection, present);
        }
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:" + Schema.FOLDER)
                .baselineOnMigrate(true)
                .baselineVersion(Integer.toString(present))
                .load()
                .migrate();
        try (Connection connection = source.getConnection()) {
            shieldHistory(connection);
            return presentVersion(connection);
        }
    }

    /** The version of the schema that is there, 0 where there is none. Version 1 had no function to say so. */
    private static int presentVersion(Connection connection) throws SQLException {
        if (exists(connection, "select to_regprocedure('rollcall_schema_version()') is not null")) {
            return number(connection, "select rollcall_schema_version()");
        }
        return exists(connection, "select to_regclass('face_embeddings') is not null") ? 1 : 0;
    }

    /** After the script has gone further than Flyway knows, Flyway starts its records anew from there. */
    private static void forgetOlderHistory(Connection connection, int present) throws SQLException {
        if (!exists(connection, "select to_regclass('" + HISTORY + "') is not null")) {
            return;
        }
        int recorded = number(connection, "select coalesce(max(version::integer), 0) from " + HISTORY);
        if (recorded < present) {
            execute(connection, "drop table " + HISTORY);
        }
    }

    /** Flyway's records lie beside the other tables; nobody but their owner may see them either. */
    private static void shieldHistory(Connection connection) throws SQLException {
        if (exists(connection, "select not relrowsecurity from pg_class where oid = to_regclass('" + HISTORY + "')")) {
            execute(connection, "alter table " + HISTORY + " enable row level security");
            execute(connection, "select restrict_access(array ['" + HISTORY + "'], array []::text[])");
        }
    }

    /** Whether Flyway was here before, and its records are out of sight. */
    private static boolean isShielded(Connection connection) throws SQLException {
        return exists(connection, "select relrowsecurity from pg_class where oid = to_regclass('" + HISTORY + "')");
    }

    private static boolean exists(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery(sql);
            return row.next() && row.getBoolean(1);
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery(sql);
            row.next();
            return row.getInt(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
