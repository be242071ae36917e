package dev.rollcall.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ListAttendanceTest {

    private static final UserId ANN = new UserId("ann");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    /** So many marks, with every third number left out. */
    private static final class Marks implements AttendanceStore {

        private final List<MarkOfPerson> rows;
        private final List<Query> asked = new ArrayList<>();

        Marks(int count) {
            rows = LongStream.rangeClosed(1, count)
                    .map(i -> i + i / 2)
                    .mapToObj(id -> new MarkOfPerson(
                            ANN,
                            "Ann",
                            new Mark(id, Instant.EPOCH.plusSeconds(id), DAY, 1, Direction.IN),
                            new Origin("default", "kiosk", Source.DEVICE),
                            0.9,
                            null))
                    .toList();
        }

        @Override
        public List<MarkOfPerson> list(Query query) {
            asked.add(query);
            return rows.stream()
                    .filter(row -> row.mark().id() > query.afterId())
                    .limit(query.limit())
                    .toList();
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
        ListAttendance list = new ListAttendance(marks);

        List<MarkOfPerson> seen = new ArrayList<>();
        Page<MarkOfPerson> page = list.page(new Query(null, null, null, 0, limit));
        seen.addAll(page.items());
        while (page.next().isPresent()) {
            assertThat(page.items()).hasSize(limit);
            long after = page.next().flatMap(Cursor::number).orElseThrow();
            page = list.page(new Query(null, null, null, after, limit));
            seen.addAll(page.items());
        }

        assertThat(seen).isEqualTo(marks.rows);
    }

    @Test
    void everyCondition_isAskedForAndOneMarkMore() {
        Marks marks = new Marks(0);

        Page<MarkOfPerson> page = new ListAttendance(marks).page(new Query(ANN, DAY, DAY.plusDays(1), 7, 50));

        assertThat(page).isEqualTo(new Page<>(List.of(), Optional.empty()));
        assertThat(marks.asked).containsExactly(new Query(ANN, DAY, DAY.plusDays(1), 7, 51));
    }
}
