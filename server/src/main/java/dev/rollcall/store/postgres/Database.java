package dev.rollcall.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rollcall.usecase.StoreHealth;
import dev.rollcall.usecase.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * A PostgreSQL database: a bounded pool of connections to it, and the schema in it. Safe for use by several threads.
 */
public final class Database implements StoreHealth, AutoCloseable {

    private static final int MAX_CONNECTIONS = 8;
    private static final int CONNECTION_TIMEOUT_MS = 5_000;
    private static final int HEALTH_TIMEOUT_S = 2;

    /** Seconds after which the driver gives a connection up, and milliseconds after which the server a statement. */
    private static final Map<String, String> DRIVER_SETTINGS = Map.of(
            "ApplicationName", "rollcall",
            "connectTimeout", "5",
            "socketTimeout", "20",
            "tcpKeepAlive", "true",
            "options", "-c statement_timeout=15000 -c lock_timeout=10000 -c TimeZone=UTC");

    private final String kind;
    private final HikariDataSource pool;

    private Database(String kind, HikariDataSource pool) {
        this.kind = kind;
        this.pool = pool;
    }

    /**
     * Connects and brings the schema up to date.
     *
     * @param kind the kind that {@link #kind()} reports
     * @throws StoreUnavailableException if the database can't be reached
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
        DRIVER_SETTINGS.forEach(config::addDataSourceProperty);
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new StoreUnavailableException("the database can't be reached: " + rootMessage(e), true, e);
        }
        try {
            migrate(pool);
            return new Database(kind, pool);
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

    private static void migrate(HikariDataSource pool) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(pool)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /** Work on one connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Does work on a connection of the pool.
     *
     * @throws StoreUnavailableException if the database can't be reached or doesn't answer in time
     */
    <T> T with(Work<T> work) {
        try (Connection connection = connection()) {
            return work.on(connection);
        } catch (SQLException e) {
            if (meansUnavailable(e)) {
                throw new StoreUnavailableException("the database doesn't answer: " + e.getMessage(), false, e);
            }
            throw new IllegalStateException("a statement failed: " + e.getMessage(), e);
        }
    }

    private Connection connection() {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw new StoreUnavailableException("the database can't be reached: " + e.getMessage(), true, e);
        }
    }

    /**
     * Whether an error is about the connection or the server's state rather than the statement: SQLSTATE class 08
     * (connection), 53 (resources), 57 (shutdown, timeout), 55P03 (lock timeout), 58 (system), or none at all.
     */
    private static boolean meansUnavailable(SQLException e) {
        String state = e.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.equals("55P03");
    }

    @Override
    public String kind() {
        return kind;
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
