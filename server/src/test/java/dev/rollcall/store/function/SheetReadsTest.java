package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.reports.SheetStore.PersonRecord;
import dev.rollcall.reports.SheetStore.Start;
import dev.rollcall.reports.SheetStore.Whose;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a sheet reads of the table of marks, counted by the database. */
class SheetReadsTest {

    private static final int PEOPLE = 20;
    private static final LocalDate FIRST = LocalDate.of(2026, 10, 1);
    private static final LocalDate LAST = LocalDate.of(2026, 10, 31);

    /** Two marks on each day of a year. */
    private static final String YEAR = """
            insert into people (user_id, name, created_at, updated_at)
            select 'p' || lpad(p::text, 3, '0'), 'P', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'
            from generate_series(1, 60) p;
            insert into attendance (user_id, marked_at, work_date, number, direction, confidence, similarity)
            select 'p' || lpad(p::text, 3, '0'), d + n * interval '8 hours', d::date, n, case n when 1 then 'in' else 'out' end, 0.9, 0.6
            from generate_series(1, 60) p
            cross join generate_series(timestamptz '2026-01-01T00:00:00Z', timestamptz '2026-12-31T00:00:00Z', interval '1 day') d
            cross join generate_series(1, 2) n;
            analyze people;
            analyze attendance;
            analyze corrections""";

    private static TestServer server;
    private static Database.Address address;

    @BeforeAll
    static void fill() throws SQLException {
        server = new TestServer();
        address = server.newDatabase();
        TestServer.execute(address, "set timezone = 'UTC'; " + YEAR);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void sheetOfAMonth_readsTheMarksOfThatMonthAlone() throws Exception {
        long before;
        List<PersonRecord> people;
        try (Database database = TestServer.open(address)) {
            before = rowsRead();
            people = new FunctionSheetStore(database).read(Whose.EVERYBODY, Start.FIRST, PEOPLE, FIRST, LAST);
        }
        long read = rowsRead() - before;
        for (int i = 0; read == 0 && i < 100; i++) {
            Thread.sleep(50);
            read = rowsRead() - before;
        }

        assertThat(people).hasSize(PEOPLE).allSatisfy(person -> assertThat(person.marks())
                .hasSize(62));
        assertThat(read).isEqualTo(PEOPLE * 62L);
    }

    /** Sessions report what they have read when they end, a moment after they are closed. */
    private static long rowsRead() throws SQLException {
        return Long.parseLong(
                TestServer.ask(
                        address,
                        "select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) from pg_stat_user_tables where relname = 'attendance'"));
    }
}
