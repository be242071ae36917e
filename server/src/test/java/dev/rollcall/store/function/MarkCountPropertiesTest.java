package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkFilter;
import dev.rollcall.attendance.MarkFilter.Days;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.attendance.MarkFilter.Standing;
import dev.rollcall.attendance.MarkFilter.Times;
import dev.rollcall.attendance.MarkFilter.Whose;
import dev.rollcall.attendance.MarkOrder;
import dev.rollcall.people.Label;
import dev.rollcall.people.UserId;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Counts and bounded lists of whatever marks the tables can have, also of directions that no mark of the service would have. */
class MarkCountPropertiesTest {

    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
    private static final List<String> PEOPLE = List.of("ann", "bob", "zoe");

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @SuppressWarnings("NullAway.Init")
    private static Database database;

    @SuppressWarnings("NullAway.Init")
    private static Database.Address address;

    @BeforeContainer
    static void start() throws SQLException {
        server = new TestServer();
        address = server.newDatabase();
        database = TestServer.open(address);
        TestServer.execute(
                address,
                "insert into people (user_id, name, created_at, updated_at, \"group\") values"
                        + " ('ann', 'Ann', now(), now(), 'Night'), ('bob', 'Bob', now(), now(), 'Night'),"
                        + " ('zoe', 'Zoe', now(), now(), null)");
    }

    @AfterContainer
    static void stop() {
        database.close();
        server.close();
    }

    /**
     * A mark, in the order of writing.
     *
     * @param person whose it is, by its place in {@link #PEOPLE}
     * @param hours from the start to its time
     * @param days from its date in UTC to its work date
     * @param voided whether it does not count
     */
    private record Row(int person, int hours, int days, Direction direction, boolean given, boolean voided) {

        Instant at() {
            return START.plus(Duration.ofHours(hours));
        }

        LocalDate workDate() {
            return at().atOffset(ZoneOffset.UTC).toLocalDate().plusDays(days);
        }
    }

    /** Which marks are counted, but for their direction; hours and days from the start, null for no bound. */
    private record Bounds(
            @Nullable Integer person,
            @Nullable String group,
            @Nullable Integer fromDay,
            @Nullable Integer toDay,
            @Nullable Integer fromHour,
            @Nullable Integer toHour,
            @Nullable MarkState state) {

        MarkFilter filter(@Nullable Direction direction) {
            return new MarkFilter(
                    new Whose(
                            person == null ? null : new UserId(PEOPLE.get(person)),
                            group == null ? null : group.isEmpty() ? Label.NONE : new Label(group)),
                    MarkFilter.ALL.made(),
                    new Standing(state, direction, null),
                    new Days(day(fromDay), day(toDay)),
                    new Times(time(fromHour), time(toHour)));
        }

        private static @Nullable LocalDate day(@Nullable Integer days) {
            return days == null ? null : LocalDate.of(2026, 11, 22).plusDays(days);
        }

        private static @Nullable Instant time(@Nullable Integer hours) {
            return hours == null ? null : START.plus(Duration.ofHours(hours));
        }

        /** Whether a mark is within the bounds. */
        boolean have(MarkOfPerson row) {
            MarkFilter filter = filter(null);
            LocalDate date = row.mark().workDate();
            Instant at = row.mark().markedAt();
            UserId userId = filter.whose().userId();
            return (userId == null || row.userId().equals(userId))
                    && (group == null || group.isEmpty() == row.userId().value().equals("zoe"))
                    && (filter.days().from() == null
                            || !date.isBefore(filter.days().from()))
                    && (filter.days().to() == null
                            || !date.isAfter(filter.days().to()))
                    && (filter.times().from() == null
                            || !at.isBefore(filter.times().from()))
                    && (filter.times().to() == null
                            || at.isBefore(filter.times().to()))
                    && (state == null || row.standing().state() == state);
        }
    }

    @Property(tries = 100)
    void countsOfADirection_areThoseOfTheMarksThatListsShowWithIt(
            @ForAll("rows") List<Row> rows, @ForAll("bounds") Bounds bounds) throws SQLException {
        write(rows);
        FunctionAttendanceStore attendance = new FunctionAttendanceStore(database);
        List<MarkOfPerson> all = attendance.list(new Query(MarkFilter.ALL, MarkOrder.OLDEST, null, 1000));
        assertThat(all).hasSameSizeAs(rows);

        List<MarkOfPerson> wanted = all.stream().filter(bounds::have).toList();
        assertThat(attendance.list(new Query(bounds.filter(null), MarkOrder.OLDEST, null, 1000)))
                .isEqualTo(wanted);
        assertThat(attendance.count(bounds.filter(null))).isEqualTo(wanted.size());
        for (Direction direction : Direction.values()) {
            List<MarkOfPerson> inDirection = wanted.stream()
                    .filter(row -> row.standing().direction() == direction)
                    .toList();
            assertThat(attendance.list(new Query(bounds.filter(direction), MarkOrder.OLDEST, null, 1000)))
                    .isEqualTo(inDirection);
            assertThat(attendance.count(bounds.filter(direction))).isEqualTo(inDirection.size());
        }
    }

    /** Writes these marks alone. */
    private static void write(List<Row> rows) throws SQLException {
        StringBuilder sql = new StringBuilder("delete from attendance;");
        Map<String, Integer> numbers = new HashMap<>();
        int id = 0;
        for (Row row : rows) {
            id++;
            String userId = PEOPLE.get(row.person());
            sql.append(
                    "insert into attendance (id, user_id, marked_at, work_date, number, direction, direction_given, source)"
                            + " overriding system value values (%d, '%s', '%s', '%s', %d, '%s', %b, 'import');"
                                    .formatted(
                                            id,
                                            userId,
                                            row.at(),
                                            row.workDate(),
                                            numbers.merge(userId + row.workDate(), 1, Integer::sum),
                                            row.direction().name().toLowerCase(Locale.ROOT),
                                            row.given()));
            if (row.voided()) {
                sql.append("insert into corrections (action, user_id, old_mark, reason, key_id, at)"
                        + " values ('voided', '%s', %d, 'Not here.', 'desk', '2026-12-01');".formatted(userId, id));
            }
        }
        TestServer.execute(address, sql.toString());
    }

    /** Marks in any order and directions, or as the service writes them. */
    @Provide
    Arbitrary<List<Row>> rows() {
        Arbitrary<Boolean> seldom = Arbitraries.integers().between(0, 7).map(n -> n == 0);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(-2, 1),
                        Arbitraries.of(Direction.values()),
                        seldom,
                        seldom)
                .as(Row::new)
                .list()
                .ofMaxSize(14)
                .flatMap(rows -> Arbitraries.of(rows, alternating(rows)));
    }

    /** The marks in the order of time, with the directions that the service gives to marks which all count. */
    private static List<Row> alternating(List<Row> rows) {
        Map<String, Direction> last = new HashMap<>();
        List<Row> written = new ArrayList<>();
        for (Row row : rows.stream().sorted(Comparator.comparing(Row::hours)).toList()) {
            String day = row.person() + " " + row.workDate();
            Direction next = last.get(day) == Direction.IN ? Direction.OUT : Direction.IN;
            Direction direction = row.given() ? row.direction() : next;
            last.put(day, direction);
            written.add(new Row(row.person(), row.hours(), row.days(), direction, row.given(), row.voided()));
        }
        return written;
    }

    @Provide
    Arbitrary<Bounds> bounds() {
        Arbitrary<Integer> days = Arbitraries.integers().between(-3, 5).injectNull(0.6);
        Arbitrary<Integer> hours = Arbitraries.integers().between(-5, 65).injectNull(0.6);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2).injectNull(0.7),
                        Arbitraries.of("Night", "").injectNull(0.6),
                        days,
                        days,
                        hours,
                        hours,
                        Arbitraries.of(MarkState.PRESENT, MarkState.VOIDED).injectNull(0.6))
                .as(Bounds::new);
    }
}
