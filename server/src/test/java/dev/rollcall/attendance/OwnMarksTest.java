package dev.rollcall.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore.Circumstances;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.AttendanceStore.Standing;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.attendance.OwnMarks.Month;
import dev.rollcall.attendance.OwnMarks.Sums;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the marks of a month come to. */
class OwnMarksTest {

    @Test
    void monthWithoutMarks_comesToNothing() {
        assertThat(month().sums()).isEqualTo(new Sums(0, 0, 0, 0));
    }

    @Test
    void daysAndMarks_areThoseThatCount() {
        Sums sums = month(
                        mark(1, 2, MarkState.PRESENT, Source.DEVICE, null),
                        mark(2, 2, MarkState.PRESENT, Source.LATE, null),
                        mark(3, 3, MarkState.VOIDED, Source.DEVICE, null))
                .sums();

        assertThat(sums).isEqualTo(new Sums(1, 2, 1, 1));
    }

    @Test
    void markThatWasReplaced_isOneCorrection() {
        Sums sums = month(
                        mark(1, 2, MarkState.REPLACED, Source.DEVICE, null),
                        mark(2, 2, MarkState.PRESENT, Source.MANUAL, 1L))
                .sums();

        assertThat(sums).isEqualTo(new Sums(1, 1, 0, 1));
    }

    @Test
    void markThatWasEntered_isACorrection() {
        assertThat(month(mark(1, 2, MarkState.PRESENT, Source.MANUAL, null)).sums())
                .isEqualTo(new Sums(1, 1, 0, 1));
    }

    private static Month month(MarkOfPerson... marks) {
        return new Month(YearMonth.of(2026, 11), List.of(marks), true);
    }

    private static MarkOfPerson mark(long id, int day, MarkState state, Source source, @Nullable Long corrects) {
        LocalDate date = LocalDate.of(2026, 11, day);
        Mark mark = new Mark(id, Instant.parse(date + "T08:00:00Z"), date, 1, Direction.IN);
        return new MarkOfPerson(
                new UserId("ann"),
                "Ann",
                mark,
                new Origin("default", "key", source),
                null,
                null,
                Circumstances.USUAL,
                new Standing(state, 1, Direction.IN, corrects, null, false));
    }
}
