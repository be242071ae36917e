package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.store.postgres.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stores behind a session pooler of 15 sessions, as Supabase has it; skipped where there is no pgbouncer. */
class SessionPoolerTest {

    private static final int SESSIONS = 15;

    @TempDir
    static Path folder;

    private static TestServer server;
    private static SessionPooler pooler;
    private static Database.Address direct;
    private static Database.Address address;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(SessionPooler.isInstalled(), "pgbouncer is not here");
        server = new TestServer();
        direct = server.newSupabaseDatabase();
        pooler = SessionPooler.start(folder, direct, SESSIONS);
        address = pooler.to(direct);
        TestServer.open(address).close();
        TestServer.execute(direct, "insert into people values ('ann', 'Ann', now(), now())");
        TestServer.execute(
                direct,
                "create function session_limits() returns jsonb language sql as $$select jsonb_build_array("
                        + "current_setting('lock_timeout'), current_setting('statement_timeout')) from pg_sleep(0.02)$$");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            pooler.close();
            server.close();
        }
    }

    @Test
    void twoInstancesOfSevenConnections_haveRoomForAllCallsWithTheirTimeLimits() throws Exception {
        try (Database one = Database.open("postgres", address, 7);
                Database two = Database.open("postgres", address, 7)) {
            List<Callable<String>> calls = new ArrayList<>();
            for (Database database : List.of(one, two)) {
                calls.addAll(Collections.nCopies(40, () -> database.call(FunctionCall.reads("session_limits"))
                        .toString()));
            }

            assertThat(atOnce(14, calls)).hasSize(80).containsOnly("[\"10s\",\"15s\"]");
        }
    }

    @Test
    void instanceThatGetsOneConnectionOnly_servesItsCallsInTurn() throws Exception {
        List<Connection> others = occupied(SESSIONS - 1);
        try (Database database = Database.open("postgres", address, 8)) {
            Callable<String> call =
                    () -> database.call(FunctionCall.reads("session_limits")).toString();
            assertThat(atOnce(4, Collections.nCopies(20, call))).hasSize(20);
        } finally {
            close(others);
        }
    }

    @Test
    void instanceThatGetsNone_saysThatTheDatabaseCannotBeReached() throws Exception {
        List<Connection> others = occupied(SESSIONS);
        try {
            assertThatThrownBy(() -> Database.open("postgres", address, 8))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("the database can't be reached")
                    .hasMessageContaining("no more connections allowed");
        } finally {
            close(others);
        }
    }

    @Test
    void poolerThatWasKilled_isConnectedToAgain() throws Exception {
        try (Database database = Database.open("postgres", address, 4)) {
            assertThat(mark(database)).isInstanceOf(Marking.Decided.class);

            pooler.restart();

            for (int i = 0; i < 10 && database.problem().isPresent(); i++) {
                Thread.sleep(200);
            }
            assertThat(mark(database)).isInstanceOf(Marking.Decided.class);
        }
    }

    private static Marking mark(Database database) {
        return new FunctionAttendanceStore(database)
                .mark(Samples.request(new UserId("ann"), Samples.MORNING), Samples.TWO_A_DAY);
    }

    private static List<Connection> occupied(int sessions) throws SQLException {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            connections.add(TestServer.connect(address));
        }
        return connections;
    }

    private static void close(List<Connection> connections) throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private static <T> List<T> atOnce(int threads, List<Callable<T>> calls) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : clients.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            clients.shutdownNow();
        }
    }
}
