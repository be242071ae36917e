package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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
 * <p>Source: the PostgREST reference, "Functions as RPC", "Errors" and "Authentication".
 */
public final class PostgrestServer implements AutoCloseable {

    public static final String SERVICE_KEY = "sb_secret_service-of-the-tests";
    static final String ANON_KEY = "sb_publishable_anon-of-the-tests";

    /** An older service_role key, which is a JWT by its form. */
    static final String LEGACY_SERVICE_KEY = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJl";

    private static final String PREFIX = "/rest/v1/rpc/";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> ROLES =
            Map.of(SERVICE_KEY, "service_role", LEGACY_SERVICE_KEY, "service_role", ANON_KEY, "anon");

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

    /** What is to go wrong with a call. */
    enum Failure {
        /** 503 with PostgREST's code for a connection that wasn't to be had: the call is not carried out. */
        BEFORE,
        /** The call is carried out, and the connection closed without an answer. */
        ANSWER_LOST,
        /** The call is not carried out, and nothing is ever answered. */
        SILENCE,
        /** 401 with PostgREST's code for a token whose time of issue is in the future: the call is not carried out. */
        TOKEN_OF_THE_FUTURE,
        /** 402, as the gateway says it of a project over its quota: the call is not carried out. */
        OVER_QUOTA,
        /** 540, as the gateway says it of a paused project: the call is not carried out. */
        PAUSED,
        /** 502 with a page of HTML, as a gateway says it: the call is not carried out. */
        GATEWAY
    }

    public PostgrestServer(Database.Address database) throws IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername("authenticator");
        config.setPassword(TestServer.PASSWORD);
        config.setMaximumPoolSize(6);
        config.setMinimumIdle(1);
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
        try {
            if (failure == Failure.BEFORE) {
                throw new RestException(503, "PGRST003", "Timed out acquiring connection from connection pool.");
            }
            if (failure == Failure.TOKEN_OF_THE_FUTURE) {
                throw new RestException(401, "PGRST303", "JWT issued at future");
            }
            if (failure == Failure.OVER_QUOTA) {
                throw new RestException(402, "", "exceed_egress_quota");
            }
            if (failure == Failure.PAUSED) {
                answer(exchange, 540, new byte[0]);
                return;
            }
            if (failure == Failure.SILENCE) {
                return;
            }
            if (failure == Failure.GATEWAY) {
                answer(exchange, 502, "<html><h1>502 Bad Gateway</h1></html>".getBytes(StandardCharsets.UTF_8));
                return;
            }
            byte[] result = carryOut(exchange, body);
            if (failure != Failure.ANSWER_LOST) {
                answer(exchange, result.length == 0 ? 204 : 200, result);
            }
            exchange.close();
        } catch (RestException e) {
            answer(exchange, e.status, e.body());
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
            connection.setAutoCommit(false);
            try {
                byte[] result = call(connection, role, path.substring(PREFIX.length()), JSON.readTree(body));
                connection.commit();
                return result;
            } catch (SQLException | RestException | IOException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new RestException(status(e.getSQLState(), role), e.getSQLState(), String.valueOf(e.getMessage()));
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

    private static byte[] call(Connection connection, String role, String function, JsonNode arguments)
            throws SQLException, RestException {
        Map<String, String> types = new HashMap<>();
        boolean nothing = signature(connection, function, arguments, types);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local role " + role);
            statement.execute("set local statement_timeout = '8s'");
        }
        List<String> columns = new ArrayList<>();
        List<String> named = new ArrayList<>();
        for (String name : types.keySet()) {
            columns.add(name + " " + types.get(name));
            named.add(name + " := body." + name);
        }
        String from = columns.isEmpty()
                ? " from (select ?) body"
                : " from json_to_record(?::json) as body(" + String.join(", ", columns) + ")";
        String sql = "select coalesce(json_agg(r.result) -> 0, 'null')::text from (select " + function + "("
                + String.join(", ", named) + ") as result" + from + ") r";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, arguments.toString());
            ResultSet row = statement.executeQuery();
            row.next();
            return nothing ? new byte[0] : row.getString(1).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Finds the function that has every named parameter; returns whether its result is nothing. */
    private static boolean signature(
            Connection connection, String function, JsonNode arguments, Map<String, String> types)
            throws SQLException, RestException {
        String sql = """
                select p.prorettype = 'void'::regtype, p.proargnames[1:p.pronargs],
                       (select array_agg(format_type(t, null) order by place)
                        from unnest(p.proargtypes) with ordinality a(t, place))
                from pg_proc p
                where p.pronamespace = 'public'::regnamespace and p.proname = ?""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, function);
            ResultSet row = statement.executeQuery();
            if (row.next()) {
                String[] names = row.getArray(2) == null
                        ? new String[0]
                        : (String[]) row.getArray(2).getArray();
                for (int i = 0; i < names.length; i++) {
                    if (arguments.has(names[i])) {
                        types.put(names[i], ((String[]) row.getArray(3).getArray())[i]);
                    }
                }
                if (types.size() == arguments.size()) {
                    return row.getBoolean(1);
                }
            }
        }
        TreeSet<String> wanted = new TreeSet<>();
        arguments.fieldNames().forEachRemaining(wanted::add);
        throw new RestException(
                404, "PGRST202", "Could not find the function public." + function + wanted + " in the schema cache");
    }

    private static int status(String state, String role) {
        if (state.equals("42501")) {
            return role.equals("anon") ? 401 : 403;
        }
        return switch (state.substring(0, 2)) {
            case "08", "53" -> 503;
            case "40", "55", "57", "58" -> 500;
            default -> 400;
        };
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static final class RestException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        RestException(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }

        byte[] body() {
            ObjectNode body = JSON.createObjectNode()
                    .put("message", getMessage())
                    .putNull("details")
                    .putNull("hint");
            return (code.isEmpty() ? body : body.put("code", code)).toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        pool.close();
    }
}
