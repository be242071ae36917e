package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.keys.ApiKeyStore.NewKey;
import dev.rollcall.keys.Scope;
import dev.rollcall.keys.SessionStore.NewSession;
import dev.rollcall.keys.SessionStore.StoredSession;
import dev.rollcall.sites.SiteRules;
import dev.rollcall.sites.SiteStore.Creating;
import dev.rollcall.sites.SiteStore.NewSite;
import dev.rollcall.store.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Functions that wait for another transaction, and what they do when it has ended. */
class LockOrderTest {

    private static TestServer server;
    private static Database.Address address;
    private static Database database;
    private static ExecutorService threads;

    @BeforeAll
    static void start() throws SQLException {
        server = new TestServer();
        address = server.newDatabase();
        database = TestServer.open(address);
        threads = Executors.newSingleThreadExecutor();
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
        database.close();
        server.close();
    }

    @Test
    void siteThatAnImportAddsMeanwhile_exists() throws Exception {
        NewSite gate = new NewSite("gate", "Gate", SiteRules.OF_THE_SETTINGS);
        try (Connection other = connection()) {
            execute(other, "insert into sites (site, name, created_at, updated_at) values ('gate', 'G', now(), now())");

            Future<Creating> creating = waiting(() -> new FunctionSiteStore(database).create(gate, MORNING, CALLER));
            other.commit();

            assertThat(creating.get()).isEqualTo(new Creating.Exists());
        }
    }

    @Test
    void sessionOfAKeyThatIsRevokedMeanwhile_startsWithoutADeadlock() throws Exception {
        String key = Samples.hash();
        new FunctionApiKeyStore(database).add(new NewKey(key, "desk", Set.of(Scope.ADMIN), MORNING, null), CALLER);
        NewSession session = new NewSession(Samples.hash(), key, MORNING, MORNING.plus(Duration.ofHours(1)));
        try (Connection other = connection()) {
            execute(other, "update api_keys set revoked_at = now() where key_hash = '" + key + "'");

            Future<Optional<StoredSession>> starting =
                    waiting(() -> new FunctionSessionStore(database).start(session, 100, CALLER));
            execute(other, "select append_audit(now(), 'KEY_REVOKED', null, '{}', '{}')");
            other.commit();

            assertThat(starting.get()).isPresent();
        }
    }

    /** What a call will answer that has begun, and waits for a lock. */
    private static <T> Future<T> waiting(Callable<T> call) throws Exception {
        Future<T> answer = threads.submit(call);
        while (!answer.isDone()
                && TestServer.ask(
                                address,
                                "select count(*) from pg_stat_activity"
                                        + " where datname = current_database() and wait_event_type = 'Lock'")
                        .equals("0")) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(answer).isNotDone();
        return answer;
    }

    /** A connection with a transaction of its own. */
    private static Connection connection() throws SQLException {
        Connection connection = TestServer.connect(address);
        connection.setAutoCommit(false);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
