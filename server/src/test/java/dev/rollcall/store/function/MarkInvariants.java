package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkFilter.MarkState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What holds for one person's marks at any time, as lists show them. The limit and the spacing are rules for devices: they held when a
 * device's mark was written, and so they hold among it and the earlier written marks that count still.
 *
 * @param rows in the order of writing
 */
record MarkInvariants(List<MarkOfPerson> rows, Map<String, AttendancePolicy> policies) {

    /** Checks all of them. */
    void hold(List<MarkOfPerson> before) {
        marksThatWereThere_areAsTheyWere(before);
        numbers_areUnique();
        timesOfMarksThatCount_areUnique();
        for (int i = 0; i < rows.size(); i++) {
            MarkOfPerson row = rows.get(i);
            workDate_isThatOfTheSite(row);
            if (row.standing().state() == MarkState.PRESENT && isByRules(row)) {
                List<MarkOfPerson> earlier = rows.subList(0, i).stream()
                        .filter(one -> one.standing().state() == MarkState.PRESENT)
                        .toList();
                limit_isKept(row, earlier);
                spacing_isKept(row, earlier);
            }
        }
    }

    private void marksThatWereThere_areAsTheyWere(List<MarkOfPerson> before) {
        assertThat(rows).hasSizeGreaterThanOrEqualTo(before.size());
        assertThat(rows.subList(0, before.size()))
                .extracting(MarkOfPerson::mark)
                .as("time, work date, number and direction of the marks that were there")
                .containsExactlyElementsOf(
                        before.stream().map(MarkOfPerson::mark).toList());
    }

    private void numbers_areUnique() {
        assertThat(rows.stream().map(MarkOfPerson::mark).map(mark -> mark.workDate() + " " + mark.number()))
                .as("numbers of the work dates")
                .doesNotHaveDuplicates();
    }

    private void timesOfMarksThatCount_areUnique() {
        assertThat(rows.stream()
                        .filter(row -> row.standing().state() == MarkState.PRESENT)
                        .map(row -> row.mark().markedAt()))
                .as("times of the marks that count")
                .doesNotHaveDuplicates();
    }

    private void workDate_isThatOfTheSite(MarkOfPerson row) {
        assertThat(row.mark().workDate())
                .as("work date of %s at %s", row.mark(), row.origin().site())
                .isEqualTo(PolicySamples.workDate(policy(row), row.mark().markedAt()));
    }

    private void limit_isKept(MarkOfPerson row, List<MarkOfPerson> earlier) {
        assertThat(earlier.stream()
                        .filter(one -> one.mark().workDate().equals(row.mark().workDate())))
                .as("marks of the day before %s", row.mark())
                .hasSizeLessThan(policy(row).maxPerDay());
    }

    /** A mark that is not late is never refused for one of an administrator that is ahead of the clock. */
    private void spacing_isKept(MarkOfPerson row, List<MarkOfPerson> earlier) {
        Instant at = row.mark().markedAt();
        for (MarkOfPerson one : earlier) {
            Mark other = one.mark();
            boolean counted = isByRules(one)
                    || row.origin().source() == Source.LATE
                    || other.markedAt().isBefore(at);
            if (counted) {
                assertThat(Duration.between(other.markedAt(), at).abs())
                        .as("time between %s and %s", other, row.mark())
                        .isGreaterThanOrEqualTo(policy(row).minSpacing());
            }
        }
    }

    private AttendancePolicy policy(MarkOfPerson row) {
        return Objects.requireNonNull(policies.get(row.origin().site()));
    }

    /** Whether the rules decided about a mark. */
    static boolean isByRules(MarkOfPerson row) {
        return row.origin().source() == Source.DEVICE || row.origin().source() == Source.LATE;
    }
}
