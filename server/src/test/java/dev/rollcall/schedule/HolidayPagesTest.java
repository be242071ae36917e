package dev.rollcall.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HolidayPagesTest {

    private static final List<Holiday> FIVE = IntStream.range(0, 5)
            .mapToObj(i -> new Holiday(9 - i, "gate", LocalDate.of(2026, 5, 1 + i / 2), "Fair " + i, false))
            .toList();

    @Test
    void pageBehindAHolidayThatWasRemoved_goesOnThere() {
        Page<Holiday> first = ManageHolidays.page(FIVE, null, 2);
        List<Holiday> left = List.of(FIVE.get(0), FIVE.get(2), FIVE.get(3), FIVE.get(4));

        Page<Holiday> second = ManageHolidays.page(left, position(first), 2);
        Page<Holiday> third = ManageHolidays.page(left, position(second), 2);

        assertThat(first.items()).containsExactly(FIVE.get(0), FIVE.get(1));
        assertThat(second.items()).containsExactly(FIVE.get(2), FIVE.get(3));
        assertThat(third.items()).containsExactly(FIVE.get(4));
        assertThat(third.next()).isEmpty();
    }

    @Test
    void otherCursors_areNone() {
        for (String key : List.of("", "7", "2026-05-01", "2026-13-01 Fair", "Fair 2026-05-01")) {
            assertThat(HolidayPosition.parse(new Cursor(key))).isEmpty();
        }
    }

    private static HolidayPosition position(Page<Holiday> page) {
        return page.next().flatMap(HolidayPosition::parse).orElseThrow();
    }
}
