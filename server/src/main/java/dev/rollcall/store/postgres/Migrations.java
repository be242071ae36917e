package dev.rollcall.store.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.store.function.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings a database's schema up to date. The schema itself has its version, since it may have been made by the script or by
 * this class; Flyway's own records follow it.
 */
final class Migrations {

    private static final String HISTORY = "rollcall_migrations";

    /** Statements that restrict the access to Flyway's table to its owner, as for the other tables. */
    private static final List<String> RESTRICT_HISTORY = List.of(
            "comment on table " + HISTORY + " is 'Rollcall: what was done to the tables and functions'",
            "alter table " + HISTORY + " enable row level security",
            "select restrict_access()");

    private Migrations() {}

    /**
     * Migrates. Where there is nothing to do Flyway is not even loaded, which saves time and memory at most starts.
     *
     * @return the version that the schema has now
     */
    static int run(DataSource source) throws SQLException {
        Schema.State present;
        try (Connection connection = source.getConnection()) {
            present = presentState(connection);
            present.refuseNewer();
            if (present.isUsable()) {
                return present.version();
            }
            prepareHistory(connection, present);
        }
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:" + Schema.FOLDER)
                .table(HISTORY)
                .group(true)
                .baselineOnMigrate(true)
                .baselineVersion(Integer.toString(present.version()))
                .load()
                .migrate();
        try (Connection connection = source.getConnection()) {
            for (String statement : RESTRICT_HISTORY) {
                execute(connection, statement);
            }
            execute(connection, Schema.stamp());
            return presentState(connection).version();
        }
    }

    private static Schema.State presentState(Connection connection) throws SQLException {
        if (!isTrue(connection, "select to_regprocedure('rollcall_schema_version()') is not null")) {
            return Schema.State.NONE;
        }
        try (Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery("select rollcall_schema_version()::text");
            row.next();
            return Schema.State.of(new JsonMapper().readTree(row.getString(1)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rollcall_schema_version returned no JSON", e);
        }
    }

    /**
     * Makes Flyway run the files with functions again, all of them, since the present ones may come from the script. After the
     * script has gone further with the tables than Flyway knows, Flyway starts its records anew from there.
     */
    private static void prepareHistory(Connection connection, Schema.State present) throws SQLException {
        if (!isTrue(connection, "select to_regclass('" + HISTORY + "') is not null")) {
            return;
        }
        String behind = "select coalesce(max(version::integer), 0) < " + present.version() + " from " + HISTORY;
        execute(
                connection,
                isTrue(connection, behind)
                        ? "drop table " + HISTORY
                        : "delete from " + HISTORY + " where version is null");
    }

    private static boolean isTrue(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery(sql);
            return row.next() && row.getBoolean(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
