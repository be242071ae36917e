package dev.rollcall.attendance;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.outcome.Page;
import java.util.List;

/** The use case of listing marks page by page. Safe for use by several threads. */
public final class ListAttendance {

    private final AttendanceStore attendance;

    public ListAttendance(AttendanceStore attendance) {
        this.attendance = attendance;
    }

    /** The page that a query describes. */
    public Page<MarkOfPerson> page(Query query) {
        List<MarkOfPerson> oneMore = attendance.list(
                new Query(query.userId(), query.from(), query.to(), query.afterId(), query.limit() + 1));
        return Page.of(oneMore, query.limit(), row -> row.mark().id());
    }
}
