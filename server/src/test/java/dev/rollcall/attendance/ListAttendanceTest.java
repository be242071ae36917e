package dev.rollcall.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore.Circumstances;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.AttendanceStore.Standing;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.attendance.MarkOrder.Position;
import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import dev.rollcall.people.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ListAttendanceTest {

    private static final UserId ANN = new UserId("ann");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final AttendancePolicy UTC = new AttendancePolicy(1, Duration.ZERO, ZoneId.of("UTC"));

    /** So many marks, with every third number left out. */
    private static final class Marks implements AttendanceStore {

        private final List<MarkOfPerson> rows;
        private final List<Query> asked = new ArrayList<>();
        private String version = "1";

        Marks(int count) {
            rows = LongStream.rangeClosed(1, count)
                    .map(i -> i + i / 2)
                    .mapToObj(id -> new MarkOfPerson(
                            ANN,
                            "Ann",
                            new Mark(id, Instant.EPOCH.plusSeconds(id), DAY, 1, Direction.IN),
                            new Origin("default", "kiosk", Source.DEVICE),
                            0.9,
                            null,
                            Circumstances.USUAL,
                            new Standing(MarkState.PRESENT, 1, Direction.IN, null, null, false)))
                    .toList();
        }

        @Override
        public List<MarkOfPerson> list(Query query) {
            asked.add(query);
            MarkOrder.Position after = query.after();
            return rows.stream()
                    .filter(row -> after == null || row.mark().id() > after.id())
                    .limit(query.limit())
                    .toList();
        }

        @Override
        public long count(MarkFilter filter) {
            return rows.size();
        }

        @Override
        public long lastId() {
            return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).mark().id();
        }

        @Override
        public String version() {
            return version;
        }

        @Override
        public Marking mark(MarkRequest request, AttendancePolicy policy) {
            throw new UnsupportedOperationException("not called by ListAttendance");
        }

        @Override
        public Optional<Instant> newestEntry() {
            throw new UnsupportedOperationException("not called by ListAttendance");
        }
    }

    @Property(tries = 100)
    void pages_haveEveryMarkOnceInOrder(
            @ForAll @IntRange(max = 30) int count, @ForAll @IntRange(min = 1, max = 12) int limit) {
        Marks marks = new Marks(count);
        ListAttendance list = new ListAttendance(marks, new SamePolicy(UTC));

        List<MarkOfPerson> seen = new ArrayList<>();
        Page<MarkOfPerson> page = list.page(new Query(null, null, null, 0, limit));
        seen.addAll(page.items());
        while (page.next().isPresent()) {
            assertThat(page.items()).hasSize(limit);
            Position after = page.next().flatMap(MarkOrder.WRITTEN::position).orElseThrow();
            page = list.page(new Query(MarkFilter.ALL, MarkOrder.WRITTEN, after, limit));
            seen.addAll(page.items());
        }

        assertThat(seen).isEqualTo(marks.rows);
    }

    @Property(tries = 200)
    void cursorOfAnOrder_isNoneOfAnotherOne(
            @ForAll MarkOrder order,
            @ForAll @LongRange(min = 1) long id,
            @ForAll @LongRange(max = 4102444800000000L) long micros) {
        Instant at = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        Marks marks = new Marks(1);
        MarkOfPerson row = marks.rows.get(0);
        Mark mark = new Mark(id, at, DAY, 1, Direction.IN);
        Cursor cursor = new Cursor(order.key(new MarkOfPerson(
                row.userId(), null, mark, row.origin(), null, null, Circumstances.USUAL, row.standing())));

        for (MarkOrder other : MarkOrder.values()) {
            Optional<Position> position = other.position(cursor);
            assertThat(position.isPresent()).as(other.text()).isEqualTo(other == order);
            position.ifPresent(
                    found -> assertThat(found).isEqualTo(new Position(order == MarkOrder.WRITTEN ? null : at, id)));
        }
    }

    @Test
    void everyCondition_isAskedForAndOneMarkMore() {
        Marks marks = new Marks(0);

        Page<MarkOfPerson> page =
                new ListAttendance(marks, new SamePolicy(UTC)).page(new Query(ANN, DAY, DAY.plusDays(1), 7, 50));

        assertThat(page).isEqualTo(new Page<>(List.of(), Optional.empty()));
        assertThat(marks.asked).containsExactly(new Query(ANN, DAY, DAY.plusDays(1), 7, 51));
    }

    @Test
    void version_dependsOnTheMarksAndTheRules() {
        Marks marks = new Marks(0);
        ListAttendance list = new ListAttendance(marks, new SamePolicy(UTC));
        ListAttendance elsewhere = new ListAttendance(
                marks, new SamePolicy(new AttendancePolicy(1, Duration.ZERO, ZoneId.of("Europe/Madrid"))));
        String before = list.version();

        assertThat(list.version()).isEqualTo(before);
        assertThat(elsewhere.version()).isNotEqualTo(before);
        marks.version = "2";
        assertThat(list.version()).isNotEqualTo(before);
    }
}
