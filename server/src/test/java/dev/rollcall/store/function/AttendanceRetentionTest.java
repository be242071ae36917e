package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.audit.AuditStore.Query;
import dev.rollcall.audit.Retention;
import dev.rollcall.people.UserId;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of marks with age; the audit log's own is in {@link AuditLogTest}. */
class AttendanceRetentionTest {

    private static TestServer server;
    private static Database database;
    private static FunctionAuditStore audit;

    @BeforeAll
    static void start() throws SQLException {
        server = new TestServer();
        database = TestServer.open(server.newDatabase());
        audit = new FunctionAuditStore(database);
    }

    @AfterAll
    static void stop() {
        database.close();
        server.close();
    }

    @Test
    void oldMarks_areRemovedAndThatIsNoted() {
        UserId ann = new UserId("ann");
        Samples.enroll(new FunctionPeopleStore(database, TemplateSeal.none()), ann, 1);
        FunctionAttendanceStore attendance = new FunctionAttendanceStore(database);
        AttendancePolicy policy = Samples.TWO_A_DAY;
        for (int day = 0; day < 5; day++) {
            attendance.mark(Samples.request(ann, MORNING.plus(Duration.ofDays(day))), policy);
        }
        assertThat(retention(2).apply()).isEqualTo(new Retention.Removed(2, 0));
        assertThat(retention(2).apply()).isEqualTo(new Retention.Removed(0, 0));
        assertThat(retention(0).apply()).isEqualTo(new Retention.Removed(0, 0));

        assertThat(attendance.list(new AttendanceStore.Query(ann, null, null, 0, 10)))
                .extracting(row -> row.mark().workDate())
                .containsExactly(LocalDate.of(2026, 11, 24), LocalDate.of(2026, 11, 25), LocalDate.of(2026, 11, 26));
        assertThat(audit.list(new Query("ATTENDANCE_PRUNED", null, null, null, null, null, null, 10)))
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.details()).contains("\"marks\":2").contains("\"before\":\"2026-11-24\""));
    }

    /** Four days after the first mark. */
    private static Retention retention(int days) {
        return new Retention(
                audit,
                new Retention.Periods(days, 0, Samples.UTC),
                Clock.fixed(MORNING.plus(Duration.ofDays(4)), Samples.UTC));
    }
}
