package dev.rollcall.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rollcall.outcome.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * A bounded pool of connections to one database. While the database can't be reached, one caller at a time waits for it,
 * and all others fail at once, so that waiting threads don't accumulate. Safe for use by several threads.
 */
final class Connections implements AutoCloseable {

    /** Timeouts of the server in milliseconds; set by a statement, since poolers refuse connection options. */
    static final String SESSION_SETTINGS =
            "set statement_timeout = 15000; set lock_timeout = 10000; set timezone = 'UTC'";

    private static final int WAIT_MS = 4_000;

    /** While a database stays read-only, new connections are no better than those of a moment ago. */
    private static final long BETWEEN_RENEWALS_NS = 2_000_000_000L;

    /** The driver's timeouts in seconds. */
    private static final Map<String, String> DRIVER_SETTINGS = Map.of(
            "ApplicationName", "rollcall",
            "connectTimeout", "4",
            "socketTimeout", "20",
            "tcpKeepAlive", "true");

    private final HikariDataSource pool;
    private final AtomicLong renewedAt = new AtomicLong(System.nanoTime() - BETWEEN_RENEWALS_NS);
    private final AtomicBoolean waited = new AtomicBoolean();
    private volatile boolean lost;

    private Connections(HikariDataSource pool) {
        this.pool = pool;
    }

    /**
     * Opens the pool.
     *
     * @param most most connections at once
     * @throws StoreUnavailableException if the database can't be reached
     */
    static Connections to(Database.Address address, int most) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("rollcall");
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_MS);
        config.setConnectionInitSql(SESSION_SETTINGS);
        DRIVER_SETTINGS.forEach(config::addDataSourceProperty);
        try {
            return new Connections(new HikariDataSource(config));
        } catch (RuntimeException e) {
            throw new StoreUnavailableException("the database can't be reached: " + rootMessage(e), true, e);
        }
    }

    DataSource source() {
        return pool;
    }

    /**
     * Takes a connection from the pool; closing it returns it.
     *
     * @throws StoreUnavailableException if the database can't be reached, or no connection is free until the timeout
     */
    Connection take() {
        if (!lost) {
            return waitForOne();
        }
        if (!waited.compareAndSet(false, true)) {
            throw new StoreUnavailableException("the database still can't be reached", true, null);
        }
        try {
            return waitForOne();
        } finally {
            waited.set(false);
        }
    }

    private Connection waitForOne() {
        try {
            Connection connection = pool.getConnection();
            lost = false;
            return connection;
        } catch (SQLException e) {
            lost = pool.getHikariPoolMXBean().getTotalConnections() == 0;
            throw new StoreUnavailableException("the database can't be reached: " + reason(e), true, e);
        }
    }

    /**
     * Replaces all connections as soon as each is free, unless that was done in the last two seconds: the settings of their
     * sessions may be older than those of the database.
     */
    void renew() {
        long now = System.nanoTime();
        long before = renewedAt.get();
        if (now - before >= BETWEEN_RENEWALS_NS && renewedAt.compareAndSet(before, now)) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
    }

    /** Why no connection was to be had: the pool says only that, and the last try to connect why. */
    private static String reason(SQLException e) {
        return e.getCause() instanceof SQLException cause ? firstLine(cause) : firstLine(e);
    }

    /** The first line of a message; the server's further lines may contain values of rows. */
    static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        for (Throwable next = root.getCause(); next != null; next = root.getCause()) {
            root = next;
        }
        return String.valueOf(root.getMessage());
    }

    @Override
    public void close() {
        pool.close();
    }
}
