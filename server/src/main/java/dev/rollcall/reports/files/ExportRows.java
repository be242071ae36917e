package dev.rollcall.reports.files;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.ListAttendance;
import dev.rollcall.attendance.MarkFilter;
import dev.rollcall.attendance.MarkOrder;
import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.reports.PersonDay;
import dev.rollcall.reports.PersonMonth;
import dev.rollcall.reports.SheetPosition;
import dev.rollcall.reports.SheetStore.Whose;
import dev.rollcall.reports.Sheets;
import dev.rollcall.schedule.Dates;
import dev.rollcall.schedule.DayStatus;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of exports, read page by page from any store: whoever stops asking for rows ends the reading. The first page is read at once.
 * Reading throws {@link StoreUnavailableException} if the store fails. Safe for use by several threads; each iterator is for one.
 */
public final class ExportRows {

    /** Marks of a page, whose JSON takes half a megabyte while it is read. */
    private static final int MARKS_AT_ONCE = 500;

    /** Days of a page. */
    private static final int DAYS_AT_ONCE = 1_000;

    /** Months of a page: as many people as are read five times. */
    private static final int MONTHS_AT_ONCE = 100;

    private final ListAttendance attendance;
    private final Sheets sheets;

    public ExportRows(ListAttendance attendance, Sheets sheets) {
        this.attendance = attendance;
        this.sheets = sheets;
    }

    /** The marks that a filter leaves; none that is written after the call. */
    public Iterator<MarkRow> marks(MarkFilter filter, MarkOrder order) {
        long last = attendance.lastId();
        return new PagedRows<>(after -> {
            Page<MarkOfPerson> page =
                    attendance.page(new AttendanceStore.Query(filter, order, position(order, after), MARKS_AT_ONCE));
            List<MarkRow> rows = page.items().stream()
                    .filter(mark -> mark.mark().id() <= last)
                    .map(mark -> new MarkRow(mark, attendance.zone(mark.origin().site())))
                    .toList();
            boolean isOver =
                    order == MarkOrder.WRITTEN && rows.size() < page.items().size();
            return new Page<>(rows, isOver ? Optional.empty() : page.next());
        });
    }

    private static MarkOrder.@Nullable Position position(MarkOrder order, Optional<Cursor> after) {
        return after.flatMap(order::position).orElse(null);
    }

    /**
     * Days by person and date.
     *
     * @param range with an end
     * @param status days with this status; null for all
     */
    public Iterator<PersonDay> days(Whose whose, Dates range, @Nullable DayStatus status) {
        return new PagedRows<>(after -> sheets.days(query(whose, range, status, after, DAYS_AT_ONCE)));
    }

    /**
     * Months by person.
     *
     * @param range with an end
     * @param status of people who have a day with this status; null for all
     */
    public Iterator<PersonMonth> months(Whose whose, Dates range, @Nullable DayStatus status) {
        return new PagedRows<>(after -> sheets.months(query(whose, range, status, after, MONTHS_AT_ONCE)));
    }

    private static Sheets.Query query(
            Whose whose, Dates range, @Nullable DayStatus status, Optional<Cursor> after, int limit) {
        return new Sheets.Query(
                whose, range, status, after.flatMap(SheetPosition::parse).orElse(null), limit);
    }
}
