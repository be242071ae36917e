package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rollcall.store.postgres.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on the loopback address that speaks, for calls of functions, the protocol of a Supabase project's REST
 * interface onto a real PostgreSQL: gateway keys, the roles behind them, arguments by name from a JSON object, and
 * errors with PostgREST's statuses and bodies. It can be told to fail.
 *
 * <p>Source: the PostgREST reference, "Functions as RPC", "Transactions", "Errors" and "Authentication"; statuses:
 * {@code pgErrorStatus} of its version 14.
 */
public final class PostgrestServer implements AutoCloseable {

    public static final String SERVICE_KEY = "sb_secret_service-of-the-tests";
    static final String ANON_KEY = "sb_publishable_anon-of-the-tests";

    /** An older service_role key, which is a JWT by its form. */
    static final String LEGACY_SERVICE_KEY = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJl";

    private static final String PREFIX = "/rest/v1/rpc/";
    private static final Map<String, String> ROLES =
            Map.of(SERVICE_KEY, "service_role", LEGACY_SERVICE_KEY, "service_role", ANON_KEY, "anon");

    private static final Map<String, Integer> STATUSES = Map.ofEntries(
            Map.entry("21000", 500),
            Map.entry("23503", 409),
            Map.entry("23505", 409),
            Map.entry("25006", 405),
            Map.entry("42883", 404),
            Map.entry("42P01", 404),
            Map.entry("42P17", 500),
            Map.entry("53400", 500),
            Map.entry("57P01", 503),
            Map.entry("P0001", 400));

    /** For the states of a class that have none of their own. */
    private static final Map<String, Integer> CLASSES = Map.ofEntries(
            Map.entry("08", 503),
            Map.entry("09", 500),
            Map.entry("0L", 403),
            Map.entry("0P", 403),
            Map.entry("25", 500),
            Map.entry("28", 403),
            Map.entry("2D", 500),
            Map.entry("38", 500),
            Map.entry("39", 500),
            Map.entry("3B", 500),
            Map.entry("40", 500),
            Map.entry("53", 503),
            Map.entry("54", 500),
            Map.entry("55", 500),
            Map.entry("57", 500),
            Map.entry("58", 500),
            Map.entry("F0", 500),
            Map.entry("HV", 500),
            Map.entry("P0", 500),
            Map.entry("XX", 500));

    static {
        // Otherwise the JDK's server holds a short answer's second packet back for 40 milliseconds.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(30);
    private final HikariDataSource pool;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile List<String> exposed = List.of("public");
    private final BlockingQueue<Failure> failures = new LinkedBlockingQueue<>();

    /** What is to go wrong with a call. All but one are said instead of carrying the call out. */
    enum Failure {
        /** PostgREST had no connection. */
        BEFORE(504, "PGRST003", "Timed out acquiring connection from connection pool."),
        /** A write in a read-only transaction. */
        READ_ONLY(405, "25006", "cannot execute INSERT in a read-only transaction"),
        /** A token whose time of issue is in the future. */
        TOKEN_OF_THE_FUTURE(401, "PGRST303", "JWT issued at future"),
        /** The gateway no longer knows the key. */
        KEY_REFUSED(401, "", "Invalid API key"),
        /** The gateway, for a project over its quota. */
        OVER_QUOTA(402, "", "exceed_egress_quota"),
        /** The gateway, for a paused project. */
        PAUSED(540, "", ""),
        /** A gateway's page of HTML. */
        GATEWAY(502, "", "<html><h1>502 Bad Gateway</h1></html>"),
        /** Nothing is ever answered. */
        SILENCE(0, "", ""),
        /** The call is carried out, and the body of the response never ends. */
        ENDLESS(0, "", ""),
        /** The call is carried out, and the connection closed without an answer. */
        ANSWER_LOST(0, "", "");

        private final int status;
        private final String code;
        private final String message;

        Failure(int status, String code, String message) {
            this.status = status;
            this.code = code;
            this.message = message;
        }

        private byte[] body() {
            boolean plain = this == GATEWAY || this == PAUSED;
            return plain ? message.getBytes(StandardCharsets.UTF_8) : new RestException(status, code, message).body();
        }
    }

    public PostgrestServer(Database.Address database) throws IOException {
        this(database, Duration.ofSeconds(8));
    }

    /** A server whose authenticator has another time limit than Supabase's of eight seconds. */
    PostgrestServer(Database.Address database, Duration statementLimit) throws IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername("authenticator");
        config.setPassword(TestServer.PASSWORD);
        config.setMaximumPoolSize(6);
        config.setMinimumIdle(1);
        config.setConnectionInitSql(
                "set statement_timeout = " + statementLimit.toMillis() + "; set lock_timeout = '8s'");
        pool = new HikariDataSource(config);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How many calls have come. */
    int calls() {
        return calls.get();
    }

    void failNext(Failure... wanted) {
        failures.addAll(List.of(wanted));
    }

    private void handle(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        Failure failure = failures.poll();
        if (failure == Failure.SILENCE) {
            return;
        }
        if (failure != null && failure != Failure.ANSWER_LOST && failure != Failure.ENDLESS) {
            answer(exchange, failure.status, failure.body());
            return;
        }
        try {
            byte[] result = carryOut(exchange, body);
            if (failure == Failure.ENDLESS) {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                return;
            }
            if (failure == null) {
                answer(exchange, result.length == 0 ? 204 : 200, result);
            }
            exchange.close();
        } catch (RestException e) {
            answer(exchange, e.status(), e.body());
        }
    }

    /** Exposes schemas; a call that names none is for the first of them. */
    void expose(String... schemas) {
        exposed = List.of(schemas);
    }

    private void chooseSchema(HttpExchange exchange) throws RestException {
        String wanted = exchange.getRequestHeaders().getFirst("Content-Profile");
        String schema = wanted == null ? exposed.get(0) : wanted;
        if (!exposed.contains(schema)) {
            throw new RestException(406, "PGRST106", "Invalid schema: " + schema);
        }
        if (!schema.equals("public")) {
            throw new RestException(404, "PGRST202", "Could not find the function in the schema cache");
        }
    }

    private byte[] carryOut(HttpExchange exchange, byte[] body) throws RestException {
        String role = role(exchange);
        chooseSchema(exchange);
        String path = exchange.getRequestURI().getPath();
        if (!exchange.getRequestMethod().equals("POST") || !path.startsWith(PREFIX)) {
            throw new RestException(404, "PGRST125", "Invalid path specified in request URL");
        }
        try (Connection connection = pool.getConnection()) {
            JsonNode arguments = Json.MAPPER.readTree(body);
            RestFunction function = RestFunction.find(connection, path.substring(PREFIX.length()), arguments);
            connection.setAutoCommit(false);
            try {
                byte[] result = call(connection, role, function, arguments);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new RestException(status(e, role), e.getSQLState(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new RestException(400, "PGRST102", "Empty or invalid json");
        }
    }

    /** The gateway knows the key in {@code apikey}; PostgREST takes a bearer token for a JWT. */
    private static String role(HttpExchange exchange) throws RestException {
        String key = exchange.getRequestHeaders().getFirst("apikey");
        String role = key == null ? null : ROLES.get(key);
        if (role == null) {
            throw new RestException(401, "", "Invalid API key");
        }
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        if (key.equals(LEGACY_SERVICE_KEY) ? !("Bearer " + key).equals(bearer) : bearer != null) {
            throw new RestException(401, "PGRST301", "Expected 3 parts in JWT; got 1");
        }
        return role;
    }

    /** One transaction of PostgREST: read-only for functions that only read, with the settings of the function itself. */
    private static byte[] call(Connection connection, String role, RestFunction function, JsonNode arguments)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction " + (function.reads() ? "read only" : "read write"));
            statement.execute("set local role " + role);
            for (String setting : function.settings()) {
                statement.execute("set local " + setting);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(function.sql())) {
            statement.setString(1, arguments.toString());
            ResultSet row = statement.executeQuery();
            row.next();
            return function.returnsNothing() ? new byte[0] : row.getString(1).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** PostgREST's status for an error of PostgreSQL. */
    private static int status(SQLException e, String role) {
        String state = e.getSQLState();
        if (state.equals("42501")) {
            return role.equals("anon") ? 401 : 403;
        }
        if (state.equals("21000") && String.valueOf(e.getMessage()).contains("requires a WHERE clause")) {
            return 400;
        }
        return STATUSES.getOrDefault(state, CLASSES.getOrDefault(state.substring(0, 2), 400));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        pool.close();
    }
}
