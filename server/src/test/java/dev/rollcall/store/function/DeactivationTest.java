package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.people.UserId;
import dev.rollcall.store.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mark of a person who is deactivated or bound to a site at the same moment. */
class DeactivationTest {

    private static TestServer server;
    private static Database.Address address;
    private static Database database;

    @BeforeAll
    static void start() throws SQLException {
        server = new TestServer();
        address = server.newDatabase();
        database = TestServer.open(address);
        TestServer.execute(
                address,
                "insert into sites (site, name, created_at, updated_at)" + " values ('gate-2', 'Gate', now(), now())");
    }

    @AfterAll
    static void stop() {
        database.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"active = false, inactive_since = now()", "site = 'gate-2'"})
    void markThatWaitsForIt_isNotWritten(String change) throws Exception {
        assertThat(markDuring(change, true)).isInstanceOf(MarkDecision.UnknownPerson.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"active = false, inactive_since = now()", "site = 'gate-2'"})
    void markThatWaitsForOneThatIsGivenUp_isWritten(String change) throws Exception {
        assertThat(markDuring(change, false)).isInstanceOf(MarkDecision.Marked.class);
    }

    @Test
    void personOfTheMarksSite_isMarked() throws Exception {
        assertThat(markDuring("site = '" + ApiKey.DEFAULT_SITE + "'", true)).isInstanceOf(MarkDecision.Marked.class);
    }

    /** The decision on a mark that is asked for while a change of the person is not committed yet. */
    private static MarkDecision markDuring(String change, boolean committed) throws Exception {
        UserId ann = Samples.newUserId();
        Samples.enroll(new FunctionPeopleStore(database, TemplateSeal.none()), ann, 1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection other = TestServer.connect(address);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update people set " + change + " where user_id = '" + ann + "'");
            Future<Marking> marking = thread.submit(() -> new FunctionAttendanceStore(database)
                    .mark(Samples.request(ann, Samples.MORNING), Samples.TWO_A_DAY));
            awaitALock();
            assertThat(marking.isDone()).isFalse();
            if (committed) {
                other.commit();
            } else {
                other.rollback();
            }
            return ((Marking.Decided) marking.get()).decision();
        } finally {
            thread.shutdownNow();
        }
    }

    private static void awaitALock() throws Exception {
        while (TestServer.ask(
                        address,
                        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                .equals("0")) {
            Thread.sleep(10);
        }
    }
}
