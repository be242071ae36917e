package dev.rollcall.store.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.rollcall.outcome.StoreSetupException;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.store.function.ChangePage;
import dev.rollcall.store.function.DatabaseFunctions;
import dev.rollcall.store.function.FunctionCall;
import dev.rollcall.store.function.RefusedWrites;
import dev.rollcall.store.function.SqlState;
import dev.rollcall.store.function.TemplatePage;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database over JDBC, with a bounded pool of connections. Safe for use by several threads.
 */
public final class Database implements DatabaseFunctions {

    private static final int HEALTH_TIMEOUT_MS = 2_000;
    private static final String HEALTH =
            "select current_setting('transaction_read_only') = 'on' as read_only, pg_is_in_recovery() as standby";
    private static final int SLOW_LIMIT_MS = 600_000;

    private static final byte[] NOTHING = {};

    private static final JsonMapper JSON = new JsonMapper();

    private final String kind;
    private final Connections connections;
    private final int schemaVersion;
    private final RefusedWrites refusedWrites = new RefusedWrites();

    private Database(String kind, Connections connections, int schemaVersion) {
        this.kind = kind;
        this.connections = connections;
        this.schemaVersion = schemaVersion;
    }

    /**
     * Connects and brings the schema up to date.
     *
     * @param kind the kind that {@link #kind()} reports
     * @param mostConnections most connections at once, at least 2
     * @throws StoreUnavailableException if the database can't be reached
     * @throws StoreSetupException if its schema is newer than this program
     */
    public static Database open(String kind, Address address, int mostConnections) {
        Connections connections = Connections.to(address, mostConnections);
        try {
            return new Database(kind, connections, Migrations.run(connections.source()));
        } catch (SQLException e) {
            connections.close();
            throw new StoreSetupException("the database can't be set up: " + e.getMessage());
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    /** Why no connection to a database can be opened, as a sentence; empty if it can. Nothing is changed there. */
    public static Optional<String> connectionProblem(Address address) {
        try (Connections connections = Connections.to(address, 1)) {
            connections.take().close();
            return Optional.empty();
        } catch (StoreUnavailableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            return Optional.of(Connections.firstLine(e));
        }
    }

    /** The address and credentials of a database. */
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
        try (Connection connection = connections.take();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            int index = 1;
            for (Object argument : call.arguments().values()) {
                set(statement, index++, argument);
            }
            JsonNode result = call.slow() ? resultOfSlowCall(connection, statement) : result(statement);
            refusedWrites.succeeded(call);
            return result;
        } catch (SQLException e) {
            throw failure(call, e);
        }
    }

    @Override
    public TemplatePage templates(String modelId, long afterId, int limit) {
        String sql = "select last, user_ids, sealed_with, embeddings from list_templates(?, ?, ?)";
        try (Connection connection = connections.take();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, modelId);
            statement.setLong(2, afterId);
            statement.setInt(3, limit);
            ResultSet row = statement.executeQuery();
            row.next();
            long last = row.getLong("last");
            if (row.wasNull()) {
                return TemplatePage.empty();
            }
            String[] owners = (String[]) row.getArray("user_ids").getArray();
            String[] keys = (String[]) row.getArray("sealed_with").getArray();
            return new TemplatePage(OptionalLong.of(last), List.of(owners), List.of(keys), row.getBytes("embeddings"));
        } catch (SQLException e) {
            throw failure(FunctionCall.reads("list_templates"), e);
        }
    }

    @Override
    public ChangePage changedTemplates(String modelId, long afterChange, int limit) {
        String sql = "select last, forgotten, user_ids, sites, active, counts, ids, sealed_with, embeddings"
                + " from list_changed_templates(?, ?, ?)";
        try (Connection connection = connections.take();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, modelId);
            statement.setLong(2, afterChange);
            statement.setInt(3, limit);
            ResultSet row = statement.executeQuery();
            row.next();
            long last = row.getLong("last");
            if (row.wasNull()) {
                return ChangePage.empty(row.getLong("forgotten"));
            }
            return new ChangePage(
                    new ChangePage.Numbers(last, row.getLong("forgotten")),
                    new ChangePage.People(
                            array(row, "user_ids", String[].class),
                            array(row, "sites", String[].class),
                            array(row, "active", Boolean[].class),
                            array(row, "counts", Integer[].class)),
                    new ChangePage.Stored(
                            array(row, "ids", Long[].class),
                            array(row, "sealed_with", String[].class),
                            Objects.requireNonNullElse(row.getBytes("embeddings"), NOTHING)));
        } catch (SQLException e) {
            throw failure(FunctionCall.reads("list_changed_templates"), e);
        }
    }

    private static <T> List<T> array(ResultSet row, String column, Class<T[]> type) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of(type.cast(array.getArray()));
    }

    private static JsonNode result(PreparedStatement statement) throws SQLException {
        ResultSet row = statement.executeQuery();
        row.next();
        return json(row.getString(1));
    }

    private static JsonNode resultOfSlowCall(Connection connection, PreparedStatement statement) throws SQLException {
        int usual = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, SLOW_LIMIT_MS);
        try (Statement settings = connection.createStatement()) {
            settings.execute("set statement_timeout = " + SLOW_LIMIT_MS);
            JsonNode result = result(statement);
            settings.execute(Connections.SESSION_SETTINGS);
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

    /** Sends an argument as text without a type; the server takes the type from the function's signature. */
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
            throw new IllegalStateException("a function's result is no JSON", e);
        }
    }

    private RuntimeException failure(FunctionCall call, SQLException e) {
        if (SqlState.READ_ONLY.equals(e.getSQLState())) {
            connections.renew();
        } else {
            refusedWrites.failed(call, e.getSQLState());
        }
        boolean reads = call.effect() == FunctionCall.Effect.READS;
        return SqlState.nothingWritten(e.getSQLState())
                .<RuntimeException>map(nothingWritten -> new StoreUnavailableException(
                        "the database did not carry out " + call.function() + ": " + Connections.firstLine(e)
                                + SqlState.advice(e.getSQLState()),
                        reads || nothingWritten,
                        e))
                .orElseGet(() -> new IllegalStateException(call.function() + " failed: " + Connections.firstLine(e)));
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
    public Optional<Problem> problem() {
        try (Connection connection = connections.take();
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, HEALTH_TIMEOUT_MS);
            ResultSet row = statement.executeQuery(HEALTH);
            row.next();
            if (row.getBoolean("standby")) {
                return Optional.of(Problem.STANDBY);
            }
            boolean readOnly = row.getBoolean("read_only");
            if (readOnly) {
                connections.renew();
            }
            return readOnly || refusedWrites.diskFull() ? Optional.of(Problem.DISK_FULL) : Optional.empty();
        } catch (SQLException | StoreUnavailableException e) {
            return Optional.of(Problem.UNREACHABLE);
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
