package dev.rollcall.usecase;

import dev.rollcall.usecase.AttendanceStore.MarkOfPerson;
import dev.rollcall.usecase.AttendanceStore.Query;
import java.util.List;
import java.util.OptionalLong;

/** Reads marks page by page. Safe for use by several threads. */
public final class ListAttendance {

    private final AttendanceStore attendance;

    public ListAttendance(AttendanceStore attendance) {
        this.attendance = attendance;
    }

    /**
     * One page.
     *
     * @param marks in the order in which they were written
     * @param lastId what to ask for marks after, or empty on the last page
     */
    public record Page(List<MarkOfPerson> marks, OptionalLong lastId) {}

    /** The page that a query describes. */
    public Page page(Query query) {
        List<MarkOfPerson> oneMore = attendance.list(
                new Query(query.userId(), query.from(), query.to(), query.afterId(), query.limit() + 1));
        if (oneMore.size() <= query.limit()) {
            return new Page(oneMore, OptionalLong.empty());
        }
        List<MarkOfPerson> page = oneMore.subList(0, query.limit());
        return new Page(page, OptionalLong.of(page.get(page.size() - 1).mark().id()));
    }
}
