package dev.rollcall.attendance;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.AttendanceStore.Standing;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;

/** The use case of a person's own marks of a month. Safe for use by several threads. */
public final class OwnMarks {

    /** Most marks of a month that are shown: 32 on each day. */
    static final int MOST = 1000;

    private final AttendanceStore attendance;
    private final AttendancePolicies policies;

    public OwnMarks(AttendanceStore attendance, AttendancePolicies policies) {
        this.attendance = attendance;
        this.policies = policies;
    }

    /**
     * The marks of the work dates of a month.
     *
     * @param marks by time, also those that don't count; {@value #MOST} at the most
     * @param complete whether these are all
     */
    public record Month(YearMonth month, List<MarkOfPerson> marks, boolean complete) {

        public Month {
            marks = List.copyOf(marks);
        }

        /** What the marks come to. */
        public Sums sums() {
            List<MarkOfPerson> present = marks.stream()
                    .filter(mark -> mark.standing().state() == MarkState.PRESENT)
                    .toList();
            return new Sums(
                    (int) present.stream()
                            .map(mark -> mark.mark().workDate())
                            .distinct()
                            .count(),
                    present.size(),
                    (int) present.stream().filter(OwnMarks::isLate).count(),
                    (int) marks.stream().filter(Month::ends).count());
        }

        /** Whether a correction begins here: each counts once, a replaced mark with the one that counts instead. */
        private static boolean ends(MarkOfPerson mark) {
            Standing standing = mark.standing();
            return standing.state() != MarkState.PRESENT
                    || (mark.origin().source() == Source.MANUAL && standing.corrects() == null);
        }
    }

    /**
     * Sums of a month.
     *
     * @param days with a mark that counts
     * @param marks that count
     * @param late of these, those that a device sent late
     * @param corrections marks that were voided, replaced or entered manually
     */
    public record Sums(int days, int marks, int late, int corrections) {}

    private static boolean isLate(MarkOfPerson mark) {
        return mark.origin().source() == Source.LATE;
    }

    /** A person's marks of a month. */
    public Month of(UserId userId, YearMonth month) {
        MarkFilter filter = MarkFilter.of(userId, month.atDay(1), month.atEndOfMonth());
        List<MarkOfPerson> found = attendance.list(new Query(filter, MarkOrder.OLDEST, null, MOST + 1));
        boolean complete = found.size() <= MOST;
        return new Month(month, complete ? found : found.subList(0, MOST), complete);
    }

    /** The month of the work date that a site has at an instant. */
    public YearMonth monthAt(String site, Instant instant) {
        return YearMonth.from(policies.at(site).workDate(instant));
    }

    /** The time zone of a site. */
    public ZoneId zone(String site) {
        return policies.at(site).zone();
    }

    /** A text that differs whenever a month may look otherwise than before; to be asked for before it. */
    public String version() {
        return String.join("\n", attendance.version(), policies.version());
    }
}
