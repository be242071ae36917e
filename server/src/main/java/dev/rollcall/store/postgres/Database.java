package dev.rollcall.store.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rollcall.store.function.DatabaseFunctions;
import dev.rollcall.store.function.FunctionCall;
import dev.rollcall.store.function.SqlState;
import dev.rollcall.usecase.StoreSetupException;
import dev.rollcall.usecase.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database over JDBC: a bounded pool of connections to it, and the schema in it. Safe for use by several
 * threads.
 */
public final class Database implements DatabaseFunctions {

    private static final int MAX_CONNECTIONS = 8;
    private static final int CONNECTION_TIMEOUT_MS = 5_000;
    private static final int HEALTH_TIMEOUT_S = 2;
    private static final int SLOW_LIMIT_MS = 600_000;

    /** Seconds after which the driver gives a connection up. */
    private static final Map<String, String> DRIVER_SETTINGS = Map.of(
            "ApplicationName", "rollcall",
            "connectTimeout", "5",
            "socketTimeout", "20",
            "tcpKeepAlive", "true");

    /** After how many milliseconds the server gives a statement up; set by statement, since poolers refuse options. */
    private static final String SESSION_SETTINGS =
            "set statement_timeout = 15000; set lock_timeout = 10000; set timezone = 'UTC'";

    private static final JsonMapper JSON = new JsonMapper();

    private final String kind;
    private final HikariDataSource pool;
    private final int schemaVersion;

    private Database(String kind, HikariDataSource pool, int schemaVersion) {
        this.kind = kind;
        this.pool = pool;
        this.schemaVersion = schemaVersion;
    }

    /**
     * Connects and brings the schema up to date.
     *
     * @param kind the kind that {@link #kind()} reports
     * @throws StoreUnavailableException if the database can't be reached
     * @throws StoreSetupException if its schema is newer than this program
     */
    public static Database open(String kind, Address address) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("rollcall");
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        config.setConnectionInitSql(SESSION_SETTINGS);
        DRIVER_SETTINGS.forEach(config::addDataSourceProperty);
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new StoreUnavailableException("the database can't be reached: " + rootMessage(e), true, e);
        }
        try {
            return new Database(kind, pool, Migrations.run(pool));
        } catch (SQLException e) {
            pool.close();
            throw new StoreSetupException("the database can't be set up: " + e.getMessage());
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Where a database is. */
    public record Address(String jdbcUrl, String user, String password) {

        @Override
        public String toString() {
            return "Address[" + jdbcUrl + "]";
        }
    }

    @Override
    public JsonNode call(FunctionCall call) {
        String parameters =
                call.arguments().keySet().stream().map(name -> name + " => ?").collect(Collectors.joining(", "));
        String sql = "select " + call.function() + "(" + parameters + ")::text";
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            int index = 1;
            for (Object argument : call.arguments().values()) {
                set(statement, index++, argument);
            }
            return call.slow() ? patiently(connection, statement) : result(statement);
        } catch (SQLException e) {
            throw failure(call, e);
        }
    }

    private static JsonNode result(PreparedStatement statement) throws SQLException {
        ResultSet row = statement.executeQuery();
        row.next();
        return json(row.getString(1));
    }

    private static JsonNode patiently(Connection connection, PreparedStatement statement) throws SQLException {
        int usual = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, SLOW_LIMIT_MS);
        try (Statement settings = connection.createStatement()) {
            settings.execute("set statement_timeout = " + SLOW_LIMIT_MS);
            JsonNode result = result(statement);
            settings.execute(SESSION_SETTINGS);
            return result;
        } catch (SQLException e) {
            connection.abort(Runnable::run);
            throw e;
        } finally {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, usual);
            }
        }
    }

    /** Arguments go as text of no stated type: the server finds the type in the function's signature. */
    private static void set(PreparedStatement statement, int index, @Nullable Object argument) throws SQLException {
        if (argument == null) {
            statement.setNull(index, Types.OTHER);
        } else {
            statement.setObject(index, argument.toString(), Types.OTHER);
        }
    }

    private static JsonNode json(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? NullNode.getInstance() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a function answered no JSON", e);
        }
    }

    private Connection connection() {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw new StoreUnavailableException("the database can't be reached: " + e.getMessage(), true, e);
        }
    }

    private static RuntimeException failure(FunctionCall call, SQLException e) {
        boolean reads = call.effect() == FunctionCall.Effect.READS;
        return SqlState.nothingWritten(e.getSQLState())
                .<RuntimeException>map(nothingWritten -> new StoreUnavailableException(
                        "the database doesn't answer: " + e.getMessage(), reads || nothingWritten, e))
                .orElseGet(() -> new IllegalStateException(call.function() + " failed: " + e.getMessage(), e));
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public int schemaVersion() {
        return schemaVersion;
    }

    @Override
    public boolean reachable() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(HEALTH_TIMEOUT_S);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        for (Throwable next = root.getCause(); next != null; next = root.getCause()) {
            root = next;
        }
        return String.valueOf(root.getMessage());
    }
}
