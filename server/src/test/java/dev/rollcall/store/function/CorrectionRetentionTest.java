package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.CorrectionStore;
import dev.rollcall.attendance.CorrectionStore.Result;
import dev.rollcall.attendance.CorrectionStore.Wish;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.keys.By;
import dev.rollcall.people.UserId;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of corrected marks with age. */
class CorrectionRetentionTest {

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
    void marksThatCorrectOneAnother_areRemovedTogetherWhenTheLastIsOld() {
        UserId bob = new UserId("bob");
        Samples.enroll(new FunctionPeopleStore(database, TemplateSeal.none()), bob, 2);
        FunctionAttendanceStore attendance = new FunctionAttendanceStore(database);
        FunctionCorrectionStore corrections = new FunctionCorrectionStore(database);
        long id = 0;
        for (int day : List.of(0, 4, 1)) {
            Instant at = MORNING.plus(Duration.ofDays(day));
            CorrectionStore.NewMark mark =
                    new CorrectionStore.NewMark(at, Samples.TWO_A_DAY.workDate(at), Direction.IN, "default");
            Wish wish = id == 0 ? new Wish.Add(bob, mark, "Forgot.") : new Wish.Replace(id, null, mark, "Wrong day.");
            Result result = corrections.correct(wish, false, new By(MORNING, Samples.CALLER));
            id = ((Result.Done) result).mark().mark().mark().id();
        }

        assertThat(audit.pruneAttendance(LocalDate.of(2026, 11, 24), MORNING)).isZero();
        assertThat(corrections.history(id, 0, 10).orElseThrow()).hasSize(3);
        assertThat(attendance.list(new AttendanceStore.Query(bob, null, null, 0, 10)))
                .extracting(row -> row.standing().state())
                .containsExactly(MarkState.REPLACED, MarkState.REPLACED, MarkState.PRESENT);

        audit.pruneAttendance(LocalDate.of(2026, 11, 27), MORNING);
        assertThat(attendance.list(new AttendanceStore.Query(bob, null, null, 0, 10)))
                .isEmpty();
        assertThat(corrections.history(id, 0, 10)).isEmpty();
    }
}
