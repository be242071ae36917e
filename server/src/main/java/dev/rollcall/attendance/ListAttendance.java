package dev.rollcall.attendance;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.outcome.Page;
import java.time.ZoneId;
import java.util.List;

/** The use case of listing marks page by page. Safe for use by several threads. */
public final class ListAttendance {

    private final AttendanceStore attendance;
    private final AttendancePolicies policies;

    /**
     * Creates the use case.
     *
     * @param policies know the time zone of each site
     */
    public ListAttendance(AttendanceStore attendance, AttendancePolicies policies) {
        this.attendance = attendance;
        this.policies = policies;
    }

    /** The page that a query describes. */
    public Page<MarkOfPerson> page(Query query) {
        List<MarkOfPerson> oneMore = attendance.list(query.withLimit(query.limit() + 1));
        return Page.of(oneMore, query.limit(), query.order()::key);
    }

    /** How many marks there are on all pages. */
    public long total(MarkFilter filter) {
        return attendance.count(filter);
    }

    /** The greatest id of a mark; 0 when there are none. Marks that are written later have greater ones. */
    public long lastId() {
        return attendance.lastId();
    }

    /** The time zone of a site. */
    public ZoneId zone(String site) {
        return policies.at(site).zone();
    }

    /**
     * A text that differs whenever a page may look otherwise than before. To be asked for before the page, which is then at least as
     * new.
     */
    public String version() {
        return String.join("\n", attendance.version(), policies.version());
    }
}
